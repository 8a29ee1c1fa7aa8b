import Foundation
import Synchronization

/// The permits of a thread budget.
package final class ComputePermits: Sendable {
  /// Who is served first when a permit becomes free: the higher; among equals who waits longest.
  package enum Urgency: Int, CaseIterable, Comparable, Sendable {
    case low, middle, high

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  private struct State {
    var free: Int
    var waiting: [Urgency: [DispatchSemaphore]] = [:]

    mutating func next() -> DispatchSemaphore? {
      for urgency in Urgency.allCases.reversed() where waiting[urgency]?.isEmpty == false { return waiting[urgency]?.removeFirst() }
      return nil
    }
  }

  private let state: Mutex<State>

  package init(_ count: Int) { state = Mutex(State(free: count)) }

  /// Runs `body`, which computes and never waits for another stage, while holding a permit.
  package func with<Result, Failure: Error>(_ urgency: Urgency = .middle, _ body: () throws(Failure) -> Result) throws(Failure) -> Result {
    take(urgency)
    defer { give() }
    return try body()
  }

  private func take(_ urgency: Urgency) {
    let turn = state.withLock { state -> DispatchSemaphore? in
      guard state.free == 0 else {
        state.free -= 1
        return nil
      }
      let turn = DispatchSemaphore(value: 0)
      state.waiting[urgency, default: []].append(turn)
      return turn
    }
    turn?.wait()
  }

  /// Hands the permit to who is next, so that nobody who comes later takes it first.
  private func give() {
    let next = state.withLock { state -> DispatchSemaphore? in
      let next = state.next()
      if next == nil { state.free += 1 }
      return next
    }
    next?.signal()
  }
}
