import FaceTracking
import Foundation

/// Counts a job's frames as they come out at the end.
struct FrameTally {
  private(set) var read = 0
  private(set) var withFace = 0
  private(set) var held = 0
  private let expected: Int?
  private let started: Double
  private var firstFrame: Double?

  /// - Parameter started: seconds on the monotonic clock.
  init(expected: Int?, started: Double) {
    self.expected = expected
    self.started = started
  }

  /// - Parameter measured: whether the frame's row has numbers, where the engine's word counts rather than the tracker's: where the face is
  ///   measured as it is, the engine may see one that the tracker does not, and no midline is held.
  mutating func count(_ observation: FaceObservation, measured: Bool?) {
    if firstFrame == nil { firstFrame = StageClock.now(CLOCK_MONOTONIC) }
    read += 1
    if let measured {
      withFace += measured ? 1 : 0
      return
    }
    switch observation.state {
    case .found: withFace += 1
    case .held: held += 1
    case .absent: break
    }
  }

  var withoutFace: Int { read - withFace - held }

  var progress: JobProgress {
    let now = StageClock.now(CLOCK_MONOTONIC)
    let since = now - (firstFrame ?? now)
    return JobProgress(
      framesDone: read, framesExpected: expected, framesWithFace: withFace,
      framesPerSecond: since > 0 ? Double(read - 1) / since : 0, elapsed: now - started)
  }
}
