import Foundation
import Synchronization

/// Stops all threads of a job when one of them fails or the job is cancelled.
final class JobControl: Sendable {
  private struct State {
    var failure: (any Error)?
    var onStop: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())

  /// The error that stopped the job: the first failure, or `CancellationError`. Nil while the job runs.
  var failure: (any Error)? { state.withLock { $0.failure } }
  var isStopped: Bool { failure != nil }

  /// Stops the job. Only the first error counts; later ones are its consequences and are ignored.
  func stop(_ error: any Error) {
    let actions = state.withLock { state -> [@Sendable () -> Void] in
      guard state.failure == nil else { return [] }
      state.failure = error
      defer { state.onStop = [] }
      return state.onStop
    }
    for action in actions { action() }
  }

  /// Calls `action` when the job is stopped, or immediately if it already is.
  func onStop(_ action: @escaping @Sendable () -> Void) {
    let isStopped = state.withLock { state in
      if state.failure == nil { state.onStop.append(action) }
      return state.failure != nil
    }
    if isStopped { action() }
  }
}

/// Transfers a value that is not `Sendable` to the only thread that uses it from then on.
struct HandedOver<Value>: @unchecked Sendable {  // The creator does not use `value` until the thread has ended.
  let value: Value
}

/// The objects that every stage needs.
struct StageContext: Sendable {
  let control: JobControl
  let clock: StageClock
  let permits: ComputePermits
  let streams: ComputePermits

  /// Runs a stage's body on a thread of its own. If the body throws, the job is stopped.
  func start(_ name: String, _ body: @escaping @Sendable () throws -> Void) -> StageThread {
    StageThread(name: name) { [control] in
      do { try body() } catch { control.stop(error) }
    }
  }

  /// Runs `body` with a permit, and adds the time that it takes to the time of `stage`.
  func compute<Result, Failure: Error>(_ stage: Stage, _ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    try permits.with(stage.urgency) { () throws(Failure) -> Result in try clock.measure(stage, body) }
  }

  /// Runs `body`, which runs the engine's networks. The number of calls that run at the same time is at most the number of streams.
  func infer<Result>(_ body: () throws -> Result) throws -> Result {
    try streams.with { () throws -> Result in try compute(.measure, body) }
  }
}

extension Stage {
  /// The priority of the stage's threads.
  ///
  /// Measuring takes longest, so it has the highest priority. The stages before it have the second-highest, because measuring depends on
  /// them. Encoding comes last, since it can use the time that is left. Bounded queues keep the stages from running too far ahead.
  fileprivate var urgency: ComputePermits.Urgency {
    switch self {
    case .measure: .high
    case .read, .track, .mirror: .middle
    case .overlay, .encode, .write: .low
    }
  }
}
