import Foundation
public import Results
import Synchronization

/// The outcome for one video of a batch.
public struct BatchOutcome: Sendable {
  /// How the processing of the video ended.
  public enum State: Sendable {
    case done(JobResult)
    /// The video was skipped because, according to its record, an earlier run has finished it.
    case skipped(RunRecord, reason: String)
    /// The video could not be processed; the error is a `SplitFaceError`.
    case failed(any Error)
    /// The video's job was stopped by `FaceBatch.cancel()`, and its outputs were removed.
    case cancelled
  }

  public let item: BatchItem
  public let state: State
  /// The time that this run spent on the video, in seconds.
  public let seconds: Double
}

/// Runs a job on several videos, some of them at the same time. A failed video does not stop the others.
///
/// All jobs share the networks and the thread budget of one splitter, so several jobs at once never oversubscribe the machine. They use
/// cores that a single job would leave idle, but need more memory than it does.
public final class FaceBatch: Sendable {
  /// A step in the processing of a batch.
  public enum Event: Sendable {
    case started(BatchItem)
    case progress(BatchItem, JobProgress)
    case ended(BatchOutcome)
  }

  /// The events of all jobs, in the order in which they happen. The stream ends with the last job.
  public let events: AsyncStream<Event>
  private let running = Mutex<Running>(Running())

  private struct Running {
    var isCancelled = false
    var jobs: [Int: FaceJob] = [:]
  }

  /// Starts the batch and returns at once.
  /// - Parameters:
  ///   - splitter: a splitter that has loaded the networks of the plan's job.
  ///   - plan: the job and its videos.
  ///   - jobs: the number of videos to process at the same time.
  public init(_ splitter: FaceSplitter, plan: BatchPlan, jobs: Int = 1) {
    let (stream, continuation) = AsyncStream.makeStream(of: Event.self)
    events = stream
    let items = plan.items
    Task { [self] in
      await withTaskGroup(of: Void.self) { group in
        var next = 0
        func startNext() {
          guard next < items.count, !isCancelled else { return }
          let index = next
          next += 1
          group.addTask {
            await self.run(items[index], index, splitter, plan.spec) { continuation.yield($0) }
          }
        }
        for _ in 0..<max(1, jobs) { startNext() }
        while await group.next() != nil { startNext() }
      }
      continuation.finish()
    }
  }

  /// Stops the running jobs and starts no others.
  public func cancel() {
    let jobs = running.withLock { running in
      running.isCancelled = true
      return Array(running.jobs.values)
    }
    for job in jobs { job.cancel() }
  }

  private var isCancelled: Bool { running.withLock { $0.isCancelled } }

  private func run(
    _ item: BatchItem, _ index: Int, _ splitter: FaceSplitter, _ spec: JobSpec,
    tell: @Sendable (Event) -> Void
  ) async {
    let began = StageClock.now(CLOCK_MONOTONIC)
    tell(.started(item))
    let state = await state(of: item, index, splitter, spec, tell: tell)
    tell(.ended(BatchOutcome(item: item, state: state, seconds: StageClock.now(CLOCK_MONOTONIC) - began)))
  }

  private func state(
    of item: BatchItem, _ index: Int, _ splitter: FaceSplitter, _ spec: JobSpec,
    tell: @Sendable (Event) -> Void
  ) async -> BatchOutcome.State {
    if let problem = item.problem { return .failed(problem) }
    let spec = spec.narrowed(to: item.input, output: item.outputDirectory)
    // A user who names a file wants it to be processed; in a folder, videos that are finished already are skipped.
    if item.found != nil, !spec.overwrite {
      switch splitter.earlierRun(of: item, spec: spec) {
      case .none: break
      case .finished(let run, let reason): return .skipped(run, reason: reason)
      case .different(let error): return .failed(error)
      }
    }
    let job = splitter.start(item.input, as: spec)
    let isLate = running.withLock { running in
      running.jobs[index] = job
      return running.isCancelled
    }
    if isLate { job.cancel() }
    for await progress in job.progress { tell(.progress(item, progress)) }
    defer { running.withLock { _ = $0.jobs.removeValue(forKey: index) } }
    do { return .done(try await job.result()) } catch is CancellationError { return .cancelled } catch { return .failed(error) }
  }
}
