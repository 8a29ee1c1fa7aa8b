import Foundation

/// A first-in, first-out queue of limited length between two of our own threads.
///
/// A full queue holds its producer up, an empty one its consumer: so memory is bounded and no stage spins.
package final class BoundedQueue<Element: Sendable>: @unchecked Sendable {  // `condition` guards every stored variable.
  private let condition = NSCondition()
  private var elements: [Element] = []  // A handful at most, so taking the first is cheap.
  private let capacity: Int
  private var isClosed = false
  private var isCancelled = false

  package init(capacity: Int) {
    precondition(capacity > 0, "a queue holds at least one element")
    self.capacity = capacity
  }

  /// Appends, waiting for room. Returns false, and drops the element, once the queue was cancelled.
  package func push(_ element: Element) -> Bool {
    condition.withLock {
      while elements.count >= capacity && !isCancelled { condition.wait() }
      guard !isCancelled else { return false }
      precondition(!isClosed, "nothing is pushed after close()")
      elements.append(element)
      condition.broadcast()
      return true
    }
  }

  /// Takes the oldest element, waiting for one. Nil when the queue is closed and empty, or cancelled.
  package func pop() -> Element? {
    condition.withLock {
      while elements.isEmpty && !isClosed && !isCancelled { condition.wait() }
      guard !elements.isEmpty, !isCancelled else { return nil }
      let element = elements.removeFirst()
      condition.broadcast()
      return element
    }
  }

  /// No more elements will come; what is in the queue can still be taken.
  package func close() {
    condition.withLock {
      isClosed = true
      condition.broadcast()
    }
  }

  /// Wakes everyone and drops what is queued.
  package func cancel() {
    condition.withLock {
      isCancelled = true
      elements = []
      condition.broadcast()
    }
  }
}
