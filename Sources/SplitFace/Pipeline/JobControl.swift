import Foundation
import Synchronization

/// The state that the threads of a job share: the first failure, or a cancellation, stops all of them.
final class JobControl: Sendable {
  private struct State {
    var failure: (any Error)?
    var onStop: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())

  /// The first failure, or `CancellationError`.
  var failure: (any Error)? { state.withLock { $0.failure } }
  var isStopped: Bool { failure != nil }

  /// Stops the job. Later failures are consequences of the first and are ignored.
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
struct HandedOver<Value>: @unchecked Sendable {  // The creator does not use `value` again until that thread has ended.
  let value: Value
}

/// The objects that every stage needs.
struct StageContext: Sendable {
  let control: JobControl
  let clock: StageClock
  let permits: ComputePermits
  let streams: ComputePermits

  /// Runs a stage's body on a thread of its own. If it throws, the job is stopped.
  func start(_ name: String, _ body: @escaping @Sendable () throws -> Void) -> StageThread {
    StageThread(name: name) { [control] in
      do { try body() } catch { control.stop(error) }
    }
  }

  /// Computes with a permit, and adds the time to a stage's time.
  func compute<Result, Failure: Error>(_ stage: Stage, _ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    try permits.with(stage.urgency) { () throws(Failure) -> Result in try clock.measure(stage, body) }
  }

  /// Runs the engine's networks, with as many calls at the same time as there are streams.
  func infer<Result>(_ body: () throws -> Result) throws -> Result {
    try streams.with { () throws -> Result in try compute(.measure, body) }
  }
}

extension Stage {
  /// Measuring takes the longest of the steps that frames go through in order, so it comes first. The stages before it come before encoding,
  /// which always has work for the time that is left. Bounded queues keep the stages from running too far ahead.
  fileprivate var urgency: ComputePermits.Urgency {
    switch self {
    case .measure: .high
    case .read, .track, .mirror: .middle
    case .overlay, .encode, .write: .low
    }
  }
}
