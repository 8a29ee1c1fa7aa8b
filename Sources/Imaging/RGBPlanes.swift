/// An image in 8-bit red, green and blue at full resolution, as it was before its chroma was subsampled.
public final class RGBPlanes: @unchecked Sendable {  // Written only within `init`, read-only afterwards.
  public let red: Plane
  public let green: Plane
  public let blue: Plane
  private let memory: PixelMemory

  /// Creates an image whose planes are filled by `write`.
  ///
  /// - Parameter write: fills the red, the green and the blue plane. Their content is undefined before.
  public init<Failure: Error>(
    width: Int, height: Int, write: (MutablePlane, MutablePlane, MutablePlane) throws(Failure) -> Void
  ) throws(Failure) {
    precondition(width > 0 && height > 0, "an image has at least one pixel")
    let stride = (width + 63) & ~63
    let memory = PixelMemory(byteCount: 3 * stride * height)
    func plane(_ index: Int) -> MutablePlane {
      MutablePlane(base: memory.bytes + index * stride * height, stride: stride, width: width, height: height)
    }
    try write(plane(0), plane(1), plane(2))
    self.memory = memory
    red = plane(0).readOnly
    green = plane(1).readOnly
    blue = plane(2).readOnly
  }
}
