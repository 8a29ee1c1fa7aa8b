public import Imaging

/// The part of a picture that a face network looks at: a rectangle of any size, turned about its centre.
public struct FaceRegion: Hashable, Sendable {
  /// Pixels, 0 being the centre of the first pixel. MediaPipe's crops read a source position without a half-pixel shift,
  /// so its normalised coordinates times the picture's sides are positions of this convention.
  public var centre: SIMD2<Double>
  /// Pixels along the region's own axes.
  public var width: Double
  public var height: Double
  /// Radians, clockwise in the picture (x right, y down): 0 is an upright face.
  public var rotation: Double

  public init(centre: SIMD2<Double>, width: Double, height: Double, rotation: Double) {
    self.centre = centre
    self.width = width
    self.height = height
    self.rotation = rotation
  }

  /// The largest square that the detector letterboxes a picture into: centred, its side the picture's longer side.
  public init(letterboxing image: YUVImage) {
    let side = Double(max(image.width, image.height))
    self.init(
      centre: SIMD2(Double(image.width), Double(image.height)) / 2, width: side, height: side, rotation: 0)
  }

  /// The picture position of a point of the region.
  /// - Parameter uv: 0…1 along the region's own axes, (0.5, 0.5) being the centre.
  public func position(_ uv: SIMD2<Double>) -> SIMD2<Double> {
    let (x, y) = ((uv.x - 0.5) * width, (uv.y - 0.5) * height)
    let (c, s) = (cosine, sine)
    return centre + SIMD2(x * c - y * s, x * s + y * c)
  }

  /// Where each sample of a `columns`×`rows` crop is read: sample i at i/columns of the width, with no half-sample shift,
  /// as MediaPipe's image-to-tensor step does it.
  public func samplingMap(columns: Int, rows: Int) -> AffineMap {
    let origin = position(SIMD2(0, 0))
    let (dx, dy) = (width / Double(columns), height / Double(rows))
    return AffineMap(a: dx * cosine, b: -dy * sine, c: origin.x, d: dx * sine, e: dy * cosine, f: origin.y)
  }

  /// Intersection over union of the upright rectangles of the two regions' sizes: the overlap that decides whether two
  /// regions mean one face.
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
