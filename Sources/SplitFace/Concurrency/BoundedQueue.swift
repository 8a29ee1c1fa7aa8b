import DequeModule
import Foundation

/// A first-in, first-out queue of limited length that connects threads.
///
/// Producers sleep while the queue is full, and consumers sleep while it is empty.
package final class BoundedQueue<Element: Sendable>: @unchecked Sendable {  // `condition` guards every stored variable.
  private let condition = NSCondition()
  private var elements: Deque<Element> = []
  private let capacity: Int
  private var isClosed = false
  private var isCancelled = false

  /// Creates an empty queue.
  /// - Parameter capacity: the maximum number of elements in the queue, at least 1.
  package init(capacity: Int) {
    precondition(capacity > 0, "a queue must have room for at least one element")
    self.capacity = capacity
  }

  /// Appends an element; waits while the queue is full.
  /// - Returns: false if the queue was cancelled; the element is then dropped.
  package func push(_ element: Element) -> Bool {
    condition.withLock {
      while elements.count >= capacity && !isCancelled { condition.wait() }
      guard !isCancelled else { return false }
      precondition(!isClosed, "push(_:) must not be called after close()")
      elements.append(element)
      condition.broadcast()
      return true
    }
  }

  /// Removes the oldest element; waits while the queue is empty.
  /// - Returns: nil if the queue is closed and empty, or was cancelled.
  package func pop() -> Element? {
    condition.withLock {
      while elements.isEmpty && !isClosed && !isCancelled { condition.wait() }
      guard !isCancelled, let element = elements.popFirst() else { return nil }
      condition.broadcast()
      return element
    }
  }

  /// Declares that no more elements will be pushed. Elements in the queue can still be popped.
  package func close() {
    condition.withLock {
      isClosed = true
      condition.broadcast()
    }
  }

  /// Wakes all waiting threads and drops the elements in the queue.
  package func cancel() {
    condition.withLock {
      isCancelled = true
      elements = []
      condition.broadcast()
    }
  }
}
