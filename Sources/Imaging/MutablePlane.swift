/// One plane of a canvas: borrowed memory, valid as long as the canvas.
public struct MutablePlane {
  public let base: UnsafeMutablePointer<UInt8>
  /// The number of bytes from one row to the next, at least `width`.
  public let stride: Int
  /// The size in samples.
  public let width: Int
  public let height: Int

  public init(base: UnsafeMutablePointer<UInt8>, stride: Int, width: Int, height: Int) {
    self.base = base
    self.stride = stride
    self.width = width
    self.height = height
  }

  public var readOnly: Plane { Plane(base: UnsafePointer(base), stride: stride, width: width, height: height) }

  @inlinable public subscript(x: Int, y: Int) -> UInt8 {
    get { base[y * stride + x] }
    nonmutating set { base[y * stride + x] = newValue }
  }
}
