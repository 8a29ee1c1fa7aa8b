import Foundation

/// Restores the order of elements that several threads finish out of order, and limits how far these threads run ahead of the consumer.
package final class OrderedExchange<Element: Sendable>: @unchecked Sendable {  // `condition` guards every stored variable.
  private let condition = NSCondition()
  private var waiting: [Int: Element] = [:]
  private var next = 0
  private let window: Int
  private var end: Int?
  private var isCancelled = false

  /// Creates an empty exchange.
  /// - Parameter window: the maximum number of elements that have been deposited but not yet taken, at least 1.
  package init(window: Int) {
    precondition(window > 0, "an exchange must have room for at least one element")
    self.window = window
  }

  /// Adds a finished element, waiting while its index is `window` or more ahead of the next element to be taken.
  /// - Parameter index: the element's position in the order, from 0. Each index may be used only once.
  /// - Returns: false if the exchange was cancelled; the element is then dropped.
  package func deposit(_ element: Element, at index: Int) -> Bool {
    condition.withLock {
      while index >= next + window && !isCancelled { condition.wait() }
      guard !isCancelled else { return false }
      precondition(waiting[index] == nil && index >= next, "each index may be deposited only once")
      waiting[index] = element
      condition.broadcast()
      return true
    }
  }

  /// Waits for the next element in order and removes it.
  /// - Returns: nil after the last element, or if the exchange was cancelled.
  package func take() -> Element? {
    condition.withLock {
      while waiting[next] == nil && next != end && !isCancelled { condition.wait() }
      guard !isCancelled, let element = waiting.removeValue(forKey: next) else { return nil }
      next += 1
      condition.broadcast()
      return element
    }
  }

  /// Sets the total number of elements, after which `take()` returns nil.
  package func finish(count: Int) {
    condition.withLock {
      end = count
      condition.broadcast()
    }
  }

  /// Wakes all waiting threads and drops the elements that were not taken.
  package func cancel() {
    condition.withLock {
      isCancelled = true
      waiting = [:]
      condition.broadcast()
    }
  }
}
