import FaceTracking
import Foundation

/// Counts the finished frames of a job.
struct FrameTally {
  private(set) var read = 0
  private(set) var withFace = 0
  private(set) var held = 0
  private let expected: Int?
  private let started: Double
  private var firstFrame: Double?

  /// Starts counting at zero.
  /// - Parameters:
  ///   - expected: the number of frames that the container announces; nil if it announces none.
  ///   - started: when the job began, in seconds of the monotonic clock.
  init(expected: Int?, started: Double) {
    self.expected = expected
    self.started = started
  }

  /// Counts the next frame.
  /// - Parameter measured: in a job that measures the unmirrored face, whether the frame's row has numbers; nil in other jobs. If it is not
  ///   nil, it decides whether the frame counts as one with a face, because the engine may find a face that the tracker does not.
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
