import Foundation

/// Puts back into order what several workers finish out of order, and keeps them from running far ahead.
package final class OrderedExchange<Element: Sendable>: @unchecked Sendable {  // `condition` guards every stored variable.
  private let condition = NSCondition()
  private var waiting: [Int: Element] = [:]
  private var next = 0
  private let window: Int
  private var end: Int?
  private var isCancelled = false

  /// - Parameter window: how many elements may lie finished and untaken at most.
  package init(window: Int) {
    precondition(window > 0, "an exchange holds at least one element")
    self.window = window
  }

  /// Hands in element `index` (from 0, each once), waiting while it is `window` or more ahead of what was taken last.
  package func deposit(_ element: Element, at index: Int) -> Bool {
    condition.withLock {
      while index >= next + window && !isCancelled { condition.wait() }
      guard !isCancelled else { return false }
      precondition(waiting[index] == nil && index >= next, "each index is handed in once")
      waiting[index] = element
      condition.broadcast()
      return true
    }
  }

  /// Takes the next element in order. Nil after the last one, or when cancelled.
  package func take() -> Element? {
    condition.withLock {
      while waiting[next] == nil && next != end && !isCancelled { condition.wait() }
      guard !isCancelled, let element = waiting.removeValue(forKey: next) else { return nil }
      next += 1
      condition.broadcast()
      return element
    }
  }

  /// Says how many elements there are in all.
  package func finish(count: Int) {
    condition.withLock {
      end = count
      condition.broadcast()
    }
  }

  package func cancel() {
    condition.withLock {
      isCancelled = true
      waiting = [:]
      condition.broadcast()
    }
  }
}
