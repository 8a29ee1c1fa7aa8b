/// An immutable planar 8-bit YUV 4:2:0 image, origin top left.
///
/// The memory belongs to the image itself, to a pool or to a decoder's frame. `owner` keeps it alive, and nothing writes to it once the
/// image exists.
public final class YUVImage: @unchecked Sendable {  // All stored properties are constant and their memory is read-only.
  /// The size in pixels, which are luma samples.
  public let width: Int
  public let height: Int
  public let colour: YUVColour
  public let y: Plane
  public let u: Plane
  public let v: Plane
  /// The image in RGB at full chroma resolution, if its source had more chroma samples than 4:2:0 and the reader kept them. Crops for
  /// networks are then cut from these planes.
  public let finer: RGBPlanes?
  private let owner: AnyObject

  /// Wraps existing planes without copying them.
  /// - Parameters:
  ///   - finer: the same image in RGB, in the size of the luma plane.
  ///   - owner: the object that keeps the memory of the three planes alive. It is released with this image.
  public init(colour: YUVColour, y: Plane, u: Plane, v: Plane, finer: RGBPlanes? = nil, owner: AnyObject) {
    precondition(u.width == (y.width + 1) / 2 && u.height == (y.height + 1) / 2, "chroma planes are half the luma plane, rounded up")
    precondition(
      finer.map { $0.red.width == y.width && $0.red.height == y.height } ?? true, "the finer colours have the image's size")
    precondition(v.width == u.width && v.height == u.height, "both chroma planes have the same size")
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
