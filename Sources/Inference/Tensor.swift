/// 32-bit floats in row-major order, last dimension fastest. Immutable once made, so copies share the memory, which is
/// aligned to 64 bytes and freed with the last copy.
public struct Tensor: Sendable {
  /// Outermost dimension first. Empty: one value.
  public let shape: [Int]
  let memory: TensorMemory

  /// Number of values: the product of ``shape``.
  public var count: Int { memory.count }

  /// A tensor whose values a closure writes.
  /// - Parameters:
  ///   - shape: no dimension negative.
  ///   - initialise: writes all values, in row-major order; what they are before is not defined.
  /// - Throws: what `initialise` throws.
  public init<Failure: Error>(
    shape: [Int], initialise: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(shape.allSatisfy { $0 >= 0 }, "a tensor's dimension is negative")
    let values = OwnedTensorMemory(count: shape.reduce(1, *))
    try initialise(UnsafeMutableBufferPointer(start: values.base, count: values.count))
    self.shape = shape
    memory = values
  }

  /// A tensor with these values.
  /// - Parameter scalars: as many as the product of `shape`.
  public init(shape: [Int], scalars: [Float]) {
    precondition(scalars.count == shape.reduce(1, *), "a tensor's values do not fill its shape")
    self.init(shape: shape) { _ = $0.update(fromContentsOf: scalars) }
  }

  init(shape: [Int], memory: TensorMemory) {
    self.shape = shape
    self.memory = memory
  }

  /// All values in row-major order. The pointer is valid only inside `body`.
  public func withUnsafeBufferPointer<R, Failure: Error>(
    _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> R
  ) throws(Failure) -> R {
    defer { withExtendedLifetime(memory) {} }
    return try body(UnsafeBufferPointer(start: memory.base, count: memory.count))
  }

  /// A copy of all values in row-major order.
  public var scalars: [Float] { withUnsafeBufferPointer { Array($0) } }
}

/// The floats of a tensor, whoever owns them.
class TensorMemory: @unchecked Sendable {  // Written only before the tensor that holds it exists; read-only afterwards.
  let base: UnsafeMutablePointer<Float>
  let count: Int

  init(base: UnsafeMutablePointer<Float>, count: Int) {
    self.base = base
    self.count = count
  }
}

/// Memory that this process allocated.
final class OwnedTensorMemory: TensorMemory, @unchecked Sendable {  // As its superclass.
  private let byteCount: Int

  init(count: Int) {
    // At least one cache line, so that a tensor without values has an address too: ONNX Runtime refuses null.
    let byteCount = max(count * MemoryLayout<Float>.stride, 64)
    self.byteCount = byteCount
    let bytes = TensorMemoryPool.shared.take(byteCount: byteCount)
    super.init(base: bytes.bindMemory(to: Float.self, capacity: byteCount / MemoryLayout<Float>.stride), count: count)
  }

  deinit { TensorMemoryPool.shared.giveBack(UnsafeMutableRawPointer(base), byteCount: byteCount) }
}
