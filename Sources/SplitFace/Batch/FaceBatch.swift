import Foundation
import Synchronization

/// How one video of a batch ended.
public struct BatchOutcome: Sendable {
  public enum State: Sendable {
    case done(JobResult)
    /// Finished earlier, as its manifest says.
    case skipped(RunManifest, reason: String)
    /// `SplitFaceError`.
    case failed(any Error)
    /// Stopped by `FaceBatch.cancel()`; nothing of it is left.
    case cancelled
  }

  public let item: BatchItem
  public let state: State
  /// Seconds that were spent on it now.
  public let seconds: Double
}

/// Several videos, some of them side by side; goes on after a failure.
///
/// All jobs share the splitter's networks and its budget of threads, so more of them at once never oversubscribe the machine: they fill
/// the gaps that one leaves, at the price of more memory.
public final class FaceBatch: Sendable {
  public enum Event: Sendable {
    case started(BatchItem)
    case progress(BatchItem, JobProgress)
    case ended(BatchOutcome)
  }

  /// What happens, in order; ends with the last job.
  public let events: AsyncStream<Event>
  private let running = Mutex<Running>(Running())

  private struct Running {
    var isCancelled = false
    var jobs: [Int: FaceJob] = [:]
  }

  /// Starts.
  /// - Parameters:
  ///   - splitter: whose networks all jobs share.
  ///   - kind: what is made of each video.
  ///   - plan: the videos.
  ///   - options: for all; each item's own output folder counts.
  ///   - jobs: videos side by side.
  public init(_ splitter: FaceSplitter, _ kind: JobKind, plan: BatchPlan, options: JobOptions = JobOptions(), jobs: Int = 1) {
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
            await self.run(items[index], index, splitter, kind, options) { continuation.yield($0) }
          }
        }
        for _ in 0..<max(1, jobs) { startNext() }
        while await group.next() != nil { startNext() }
      }
      continuation.finish()
    }
  }

  /// Stops the jobs that are running and starts no others.
  public func cancel() {
    let jobs = running.withLock { running in
      running.isCancelled = true
      return Array(running.jobs.values)
    }
    for job in jobs { job.cancel() }
  }

  private var isCancelled: Bool { running.withLock { $0.isCancelled } }

  private func run(
    _ item: BatchItem, _ index: Int, _ splitter: FaceSplitter, _ kind: JobKind, _ options: JobOptions,
    tell: @Sendable (Event) -> Void
  ) async {
    let began = StageClock.now(CLOCK_MONOTONIC)
    tell(.started(item))
    let state = await state(of: item, index, splitter, kind, options, tell: tell)
    tell(.ended(BatchOutcome(item: item, state: state, seconds: StageClock.now(CLOCK_MONOTONIC) - began)))
  }

  private func state(
    of item: BatchItem, _ index: Int, _ splitter: FaceSplitter, _ kind: JobKind, _ options: JobOptions,
    tell: @Sendable (Event) -> Void
  ) async -> BatchOutcome.State {
    if let problem = item.problem { return .failed(problem) }
    var options = options
    options.outputDirectory = item.outputDirectory
    // Who names a file wants it done; in a folder, what is done already is left alone.
    if item.found != nil, !options.overwrite {
      switch splitter.earlierRun(of: item, kind: kind, options: options) {
      case .none: break
      case .finished(let run, let reason): return .skipped(run, reason: reason)
      case .different(let error): return .failed(error)
      }
    }
    let job = splitter.start(kind, input: item.input, options: options)
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
