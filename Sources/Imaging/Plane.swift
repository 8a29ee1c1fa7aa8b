/// One plane of 8-bit samples: borrowed memory, valid as long as the image that it belongs to.
public struct Plane: @unchecked Sendable {  // Read-only memory, kept alive by the image that hands it out.
  public let base: UnsafePointer<UInt8>
  /// The number of bytes from one row to the next, at least `width`.
  public let stride: Int
  /// The size in samples of this plane: chroma planes are half as wide and half as high as the image, rounded up.
  public let width: Int
  public let height: Int

  public init(base: UnsafePointer<UInt8>, stride: Int, width: Int, height: Int) {
    self.base = base
    self.stride = stride
    self.width = width
    self.height = height
  }

  @inlinable public subscript(x: Int, y: Int) -> UInt8 { base[y * stride + x] }
}
