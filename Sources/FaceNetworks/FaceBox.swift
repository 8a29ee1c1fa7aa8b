/// An upright rectangle around a face, in pixels of the image, with the origin at the centre of the first pixel.
public struct FaceBox: Hashable, Sendable {
  public var minX: Double
  public var minY: Double
  public var maxX: Double
  public var maxY: Double

  public init(minX: Double, minY: Double, maxX: Double, maxY: Double) {
    self.minX = minX
    self.minY = minY
    self.maxX = maxX
    self.maxY = maxY
  }

  public var width: Double { maxX - minX }
  public var height: Double { maxY - minY }
  public var area: Double { max(width, 0) * max(height, 0) }
  public var centre: SIMD2<Double> { SIMD2(minX + maxX, minY + maxY) / 2 }

  /// Returns the area of the overlap of both boxes, divided by the area of their union: 0…1.
  public func intersectionOverUnion(_ other: FaceBox) -> Double {
    let width = min(maxX, other.maxX) - max(minX, other.minX)
    let height = min(maxY, other.maxY) - max(minY, other.minY)
    guard width > 0, height > 0 else { return 0 }
    return width * height / (area + other.area - width * height)
  }
}
