import Foundation

/// Passes a value from each element of a sequence to the next, while different threads process the elements.
package final class OrderedRelay<Value: Sendable>: @unchecked Sendable {  // `condition` guards every stored variable.
  private let condition = NSCondition()
  private var value: Value
  private var next = 0
  private var isCancelled = false

  /// Creates a relay that waits for element 0.
  /// - Parameter value: the value for element 0.
  package init(_ value: Value) { self.value = value }

  /// Waits until the previous element has changed the value, then changes it.
  /// - Parameters:
  ///   - index: the element's position in the sequence, from 0. Each index may be used only once.
  ///   - body: changes the value. No lock is held while it runs, because no other thread uses the value until `body` returns. If `body`
  ///     throws, the relay is cancelled.
  /// - Returns: the result of `body`; nil if the relay was cancelled.
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
