public import Imaging

/// The part of an image that a face network gets as its input: a rectangle of any size, rotated about its centre.
public struct FaceRegion: Hashable, Sendable {
  /// The centre in pixels, where 0 is the centre of the first pixel. MediaPipe samples its crops without a half-pixel shift, so its
  /// normalised coordinates, multiplied by the image's width and height, are positions in these coordinates.
  public var centre: SIMD2<Double>
  /// The width in pixels, along the region's own axis.
  public var width: Double
  /// The height in pixels, along the region's own axis.
  public var height: Double
  /// The rotation in radians, clockwise in the image (x right, y down); 0 for an upright face.
  public var rotation: Double

  public init(centre: SIMD2<Double>, width: Double, height: Double, rotation: Double) {
    self.centre = centre
    self.width = width
    self.height = height
    self.rotation = rotation
  }

  /// Creates the square into which the detector letterboxes an image: it has the same centre, and its side is the longer side of the image.
  public init(letterboxing image: YUVImage) {
    let side = Double(max(image.width, image.height))
    self.init(
      centre: SIMD2(Double(image.width), Double(image.height)) / 2, width: side, height: side, rotation: 0)
  }

  /// Returns the position in the image of a point of the region.
  /// - Parameter uv: the point, 0…1 along the region's own axes; (0.5, 0.5) is the centre.
  public func position(_ uv: SIMD2<Double>) -> SIMD2<Double> {
    let (x, y) = ((uv.x - 0.5) * width, (uv.y - 0.5) * height)
    let (c, s) = (cosine, sine)
    return centre + SIMD2(x * c - y * s, x * s + y * c)
  }

  /// Returns the map from the samples of a `columns`×`rows` crop to positions in the image. Sample i is read at i/columns of the width,
  /// without a half-sample shift, as in MediaPipe's image-to-tensor step.
  public func samplingMap(columns: Int, rows: Int) -> AffineMap {
    let origin = position(SIMD2(0, 0))
    let (dx, dy) = (width / Double(columns), height / Double(rows))
    return AffineMap(a: dx * cosine, b: -dy * sine, c: origin.x, d: dx * sine, e: dy * cosine, f: origin.y)
  }

  /// Returns the intersection over union of two regions, both treated as upright. It is used to decide whether both regions show the same
  /// face.
  public func overlap(with other: FaceRegion) -> Double {
    let low = pointwiseMax(centre - size / 2, other.centre - other.size / 2)
    let high = pointwiseMin(centre + size / 2, other.centre + other.size / 2)
    let shared = pointwiseMax(high - low, .zero)
    let both = shared.x * shared.y
    let union = width * height + other.width * other.height - both
    return union > 0 ? both / union : 0
  }

  private var size: SIMD2<Double> { SIMD2(width, height) }
}
