public import Foundation
import Measures
public import Results
import Synchronization

/// A running job: its progress, its result, and a way to stop it.
public final class FaceJob: Sendable {
  /// The job's progress, each time it changes. The stream ends with the job. A consumer that falls behind gets only the latest value.
  public let progress: AsyncStream<JobProgress>
  private let control: JobControl
  private let outcome = Mutex<Outcome>(.running([]))

  private enum Outcome {
    case running([CheckedContinuation<JobResult, any Error>])
    case ended(Result<JobResult, any Error>)
  }

  /// Starts `body` on a new thread.
  init(_ body: @escaping @Sendable (JobControl, (JobProgress) -> Void) throws -> JobResult) {
    let (stream, continuation) = AsyncStream.makeStream(of: JobProgress.self, bufferingPolicy: .bufferingNewest(1))
    progress = stream
    control = JobControl()
    _ = StageThread(name: "job") { [self, control] in
      let result = Result { try body(control) { continuation.yield($0) } }
      end(result)
      continuation.finish()
    }
  }

  /// Waits for the end of the job and returns the job's result. It may be called more than once.
  /// - Throws: `SplitFaceError`; `CancellationError` after `cancel()`.
  public func result() async throws -> JobResult {
    try await withCheckedThrowingContinuation { continuation in
      let ended = outcome.withLock { outcome -> Result<JobResult, any Error>? in
        switch outcome {
        case .ended(let result): return result
        case .running(let waiting):
          outcome = .running(waiting + [continuation])
          return nil
        }
      }
      if let ended { continuation.resume(with: ended) }
    }
  }

  /// Stops the job and removes the files that the job has written. `result()` throws as soon as the job has stopped.
  public func cancel() { control.stop(CancellationError()) }

  private func end(_ result: Result<JobResult, any Error>) {
    let waiting = outcome.withLock { outcome -> [CheckedContinuation<JobResult, any Error>] in
      guard case .running(let waiting) = outcome else { return [] }
      outcome = .ended(result)
      return waiting
    }
    for continuation in waiting { continuation.resume(with: result) }
  }
}

/// The result of a finished job.
public struct JobResult: Sendable {
  /// The record of the job, which was also written to `<stem>_run.json`.
  public let record: RunRecord
  /// The paths of the outputs: videos first, then tables, the record last.
  public let outputs: [URL]

  /// A summary in one line, such as `visit.mov: 250 frames, a face in 98.4 %, 24.1 frames per second, engine mediapipe`.
  public var summary: String {
    let frames = record.frames
    let share = frames.read > 0 ? 100 * Double(frames.withFace) / Double(frames.read) : 0
    let rate = DecimalText.text(record.time.framesPerSecond, decimals: 1)
    let name = URL(filePath: record.input.path).lastPathComponent
    let engine = record.engine.map { ", engine \($0.name)" } ?? ""
    return "\(name): \(frames.read) frames, a face in \(DecimalText.text(share, decimals: 1)) %, \(rate) frames per second\(engine)"
  }
}
