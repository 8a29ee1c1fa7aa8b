/// An immutable planar 8-bit YUV 4:2:0 image, origin top left.
///
/// The memory may be the image's own, a pool's or a decoder's frame. `owner` keeps it alive, and nothing writes to it any more.
public final class YUVImage: @unchecked Sendable {  // All stored properties are constant and their memory is read-only.
  /// Pixels, that is, luma samples.
  public let width: Int
  public let height: Int
  public let colour: YUVColour
  public let y: Plane
  public let u: Plane
  public let v: Plane
  /// The image in RGB at full chroma resolution, if its source had more chroma than 4:2:0 and the reader kept it. Crops for networks are
  /// then cut from these planes.
  public let finer: RGBPlanes?
  private let owner: AnyObject

  /// Wraps existing planes without copying them.
  /// - Parameters:
  ///   - finer: the same image in RGB, of the luma plane's size.
  ///   - owner: the object that keeps the three planes' memory alive; released with this image.
  public init(colour: YUVColour, y: Plane, u: Plane, v: Plane, finer: RGBPlanes? = nil, owner: AnyObject) {
    precondition(u.width == (y.width + 1) / 2 && u.height == (y.height + 1) / 2, "chroma planes are half the luma plane, rounded up")
    precondition(
      finer.map { $0.red.width == y.width && $0.red.height == y.height } ?? true, "the finer colours have the image's size")
    precondition(v.width == u.width && v.height == u.height, "both chroma planes have one size")
    self.width = y.width
    self.height = y.height
    self.colour = colour
    self.y = y
    self.u = u
    self.v = v
    self.finer = finer
    self.owner = owner
  }
}
