/// An immutable array of 32-bit floats in row-major order: the last dimension varies fastest.
///
/// Copies share their memory, which is aligned to 64 bytes and freed with the last copy.
public struct Tensor: Sendable {
  /// The sizes of the dimensions, outermost first. Empty for a scalar.
  public let shape: [Int]
  let memory: TensorMemory

  /// The number of values, which is the product of ``shape``.
  public var count: Int { memory.count }

  /// Creates a tensor whose values are written by a closure.
  /// - Parameters:
  ///   - shape: the sizes of the dimensions, none of them negative.
  ///   - initialise: writes all values, in row-major order. The values are undefined before.
  /// - Throws: the error that `initialise` throws.
  public init<Failure: Error>(
    shape: [Int], initialise: (UnsafeMutableBufferPointer<Float>) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(shape.allSatisfy { $0 >= 0 }, "a tensor's dimension is negative")
    let values = OwnedTensorMemory(count: shape.reduce(1, *))
    try initialise(UnsafeMutableBufferPointer(start: values.base, count: values.count))
    self.shape = shape
    memory = values
  }

  /// Creates a tensor with the given values.
  /// - Parameter scalars: as many values as the product of `shape`, in row-major order.
  public init(shape: [Int], scalars: [Float]) {
    precondition(scalars.count == shape.reduce(1, *), "a tensor's values do not fill its shape")
    self.init(shape: shape) { _ = $0.update(fromContentsOf: scalars) }
  }

  init(shape: [Int], memory: TensorMemory) {
    self.shape = shape
    self.memory = memory
  }

  /// Calls `body` with all values in row-major order. The pointer is valid only inside `body`.
  public func withUnsafeBufferPointer<R, Failure: Error>(
    _ body: (UnsafeBufferPointer<Float>) throws(Failure) -> R
  ) throws(Failure) -> R {
    defer { withExtendedLifetime(memory) {} }
    return try body(UnsafeBufferPointer(start: memory.base, count: memory.count))
  }

  /// A copy of all values in row-major order.
  public var scalars: [Float] { withUnsafeBufferPointer { Array($0) } }
}
