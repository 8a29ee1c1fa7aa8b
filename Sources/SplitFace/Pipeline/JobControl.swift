import Foundation
import Synchronization

/// One job's fate, shared by its threads: the first failure or a cancellation stops them all.
final class JobControl: Sendable {
  private struct State {
    var failure: (any Error)?
    var onStop: [@Sendable () -> Void] = []
  }

  private let state = Mutex(State())

  /// The first failure, or `CancellationError`.
  var failure: (any Error)? { state.withLock { $0.failure } }
  var isStopped: Bool { failure != nil }

  /// Stops the job. Later failures are consequences of the first and are dropped.
  func stop(_ error: any Error) {
    let actions = state.withLock { state -> [@Sendable () -> Void] in
      guard state.failure == nil else { return [] }
      state.failure = error
      defer { state.onStop = [] }
      return state.onStop
    }
    for action in actions { action() }
  }

  /// Calls `action` when the job is stopped; at once when it already is.
  func onStop(_ action: @escaping @Sendable () -> Void) {
    let isStopped = state.withLock { state in
      if state.failure == nil { state.onStop.append(action) }
      return state.failure != nil
    }
    if isStopped { action() }
  }
}

/// Passes a value that is not `Sendable` to the one thread that uses it from then on.
struct HandedOver<Value>: @unchecked Sendable {  // The giver does not touch `value` again until that thread was joined.
  let value: Value
}

/// What every stage needs.
struct StageContext: Sendable {
  let control: JobControl
  let clock: StageClock
  let permits: ComputePermits
  let streams: ComputePermits

  /// Runs a stage's body on a thread of its own; what it throws stops the job.
  func start(_ name: String, _ body: @escaping @Sendable () throws -> Void) -> StageThread {
    StageThread(name: name) { [control] in
      do { try body() } catch { control.stop(error) }
    }
  }

  /// Computes with a permit, on a stage's account.
  func compute<Result, Failure: Error>(_ stage: Stage, _ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    try permits.with(stage.urgency) { () throws(Failure) -> Result in try clock.measure(stage, body) }
  }

  /// Runs the engine's networks, as many at once as there are streams.
  func infer<Result>(_ body: () throws -> Result) throws -> Result {
    try streams.with { () throws -> Result in try compute(.measure, body) }
  }
}

extension Stage {
  /// Measuring is the longest part that frames must go through one after the other, so it never waits for a core; and what feeds it goes
  /// before encoding, which has work enough for the time that is left. Bounded queues keep what is ahead from running away.
  fileprivate var urgency: ComputePermits.Urgency {
    switch self {
    case .measure: .high
    case .read, .track, .mirror: .middle
    case .overlay, .encode, .write: .low
    }
  }
}
