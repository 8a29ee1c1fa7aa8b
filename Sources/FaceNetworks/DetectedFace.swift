/// A face that the detector found.
public struct DetectedFace: Hashable, Sendable {
  /// The left edge of the box in pixels, where 0 is the centre of the first pixel. It may lie outside the image.
  public var x: Double
  /// The top edge of the box, in the same coordinates.
  public var y: Double
  /// The width of the box in pixels.
  public var width: Double
  /// The height of the box in pixels.
  public var height: Double
  /// Six points in pixels: right eye, left eye, nose tip, mouth, right ear, left ear (the person's own sides).
  public var keypoints: [SIMD2<Double>]
  /// The detector's confidence, 0…1.
  public var score: Double

  public init(x: Double, y: Double, width: Double, height: Double, keypoints: [SIMD2<Double>], score: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
    self.keypoints = keypoints
    self.score = score
  }

  /// The centre of the box in pixels.
  public var centre: SIMD2<Double> { SIMD2(x + width / 2, y + height / 2) }

  /// The region for the mesh network: the box with each side 1.5 times as long, rotated so that the eyes are level.
  public var region: FaceRegion {
    FaceRegion(
      centre: centre, width: width * FaceRegion.margin, height: height * FaceRegion.margin,
      rotation: FaceRegion.angle(from: keypoints[0], to: keypoints[1]))
  }
}
