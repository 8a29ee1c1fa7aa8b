import Synchronization

/// A value that one thread sets and another thread reads later.
final class OneResult<Value: Sendable>: Sendable {
  private let storage = Mutex<Value?>(nil)

  /// The value; nil until it is set.
  var value: Value? { storage.withLock { $0 } }

  func set(_ value: Value) { storage.withLock { $0 = value } }
}
