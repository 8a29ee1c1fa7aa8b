import DequeModule
import Foundation
import Synchronization

/// A semaphore with priorities: limits how many threads compute at the same time.
package final class ComputePermits: Sendable {
  /// The priority of a waiting thread. A free permit goes to the waiting thread with the highest urgency; among several of the same
  /// urgency, to the one that has waited longest.
  package enum Urgency: Int, CaseIterable, Comparable, Sendable {
    case low, middle, high

    package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
  }

  private struct State {
    /// The number of free permits.
    var free: Int
    /// The waiting threads of each urgency, in the order in which they came.
    var waiting: [Urgency: Deque<DispatchSemaphore>] = [:]

    mutating func next() -> DispatchSemaphore? {
      for urgency in Urgency.allCases.reversed() {
        if let first = waiting[urgency]?.popFirst() { return first }
      }
      return nil
    }
  }

  private let state: Mutex<State>

  /// Creates a semaphore whose permits are all free.
  /// - Parameter count: the number of permits.
  package init(_ count: Int) { state = Mutex(State(free: count)) }

  /// Waits for a permit, runs `body`, and returns the permit.
  /// - Parameter body: the computation. It must never wait for a thread that needs a permit, because both could then wait for each other
  ///   forever.
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

  /// Passes the permit directly to the next waiting thread, so that a thread that comes later cannot take it first.
  private func give() {
    let next = state.withLock { state -> DispatchSemaphore? in
      let next = state.next()
      if next == nil { state.free += 1 }
      return next
    }
    next?.signal()
  }
}
