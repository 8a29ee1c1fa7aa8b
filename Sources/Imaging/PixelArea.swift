/// A rectangle in an image. Its edges may lie within pixels.
///
/// Coordinates are in pixels. 0 is the centre of the first pixel, so the image's edge is at −0.5.
public struct PixelArea: Hashable, Sendable {
  public var x, y, width, height: Double

  public init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  /// Returns the intersection with another area; `nil` if it is less than a pixel wide or high.
  public func clipped(to other: PixelArea) -> PixelArea? {
    let left = max(x, other.x)
    let top = max(y, other.y)
    let right = min(x + width, other.x + other.width)
    let bottom = min(y + height, other.y + other.height)
    guard right - left >= 1, bottom - top >= 1 else { return nil }
    return PixelArea(x: left, y: top, width: right - left, height: bottom - top)
  }
}
