import Foundation

/// Passes a value from whoever works on one element to whoever works on the next.
package final class OrderedRelay<Value: Sendable>: @unchecked Sendable {  // `condition` guards every stored variable.
  private let condition = NSCondition()
  private var value: Value
  private var next = 0
  private var isCancelled = false

  /// - Parameter value: for element 0.
  package init(_ value: Value) { self.value = value }

  /// Changes the value as it was left for element `index` (from 0, each once), waiting until it was.
  /// - Parameter body: is run without a lock, since nobody else can have the value meanwhile. What it throws ends the relay.
  /// - Returns: nil when the relay was cancelled.
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

  package func cancel() {
    condition.withLock {
      isCancelled = true
      condition.broadcast()
    }
  }
}
