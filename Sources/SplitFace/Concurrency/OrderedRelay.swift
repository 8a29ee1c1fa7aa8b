import Foundation

/// Passes a value along a sequence of elements that different threads process, from each element to the next.
package final class OrderedRelay<Value: Sendable>: @unchecked Sendable {  // `condition` guards every stored variable.
  private let condition = NSCondition()
  private var value: Value
  private var next = 0
  private var isCancelled = false

  /// Creates a relay that has not been used yet.
  /// - Parameter value: the value for element 0.
  package init(_ value: Value) { self.value = value }

  /// Changes the value, waiting until the change by the previous element is done.
  /// - Parameters:
  ///   - index: the element's position in the sequence, from 0; each is used once.
  ///   - body: changes the value. It is called without a lock, because no other thread can have the value in the meantime. If it throws, the
  ///     relay is cancelled.
  /// - Returns: nil if the relay was cancelled.
  package func with<Result>(_ index: Int, _ body: (inout Value) throws -> Result) rethrows -> Result? {
    let taken = condition.withLock { () -> Value? in
      while next != index && !isCancelled { condition.wait() }
      return isCancelled ? nil : value
    }
    guard var changed = taken else { return nil }
    do {
      let result = try body(&changed)
      hand(changed, to: index + 1)
      return result
    } catch {
      cancel()
      throw error
    }
  }

  private func hand(_ changed: Value, to index: Int) {
    condition.withLock {
      value = changed
      next = index
      condition.broadcast()
    }
  }

  /// Wakes all waiting threads.
  package func cancel() {
    condition.withLock {
      isCancelled = true
      condition.broadcast()
    }
  }
}
