/// A face as the detector sees it.
public struct DetectedFace: Hashable, Sendable {
  /// The box's top left corner, pixels, 0 being the centre of the first pixel; may lie outside the picture.
  public var x: Double
  public var y: Double
  /// The box's sides in pixels.
  public var width: Double
  public var height: Double
  /// Six points, pixels: right eye, left eye, nose tip, mouth, right ear, left ear (the person's own sides).
  public var keypoints: [SIMD2<Double>]
  /// 0…1.
  public var score: Double

  public init(x: Double, y: Double, width: Double, height: Double, keypoints: [SIMD2<Double>], score: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
    self.keypoints = keypoints
    self.score = score
  }

  public var centre: SIMD2<Double> { SIMD2(x + width / 2, y + height / 2) }

  /// What the mesh network should look at: the box, each side 1.5 times as large, turned so that the eyes lie level.
  public var region: FaceRegion {
    FaceRegion(
      centre: centre, width: width * FaceRegion.margin, height: height * FaceRegion.margin,
      rotation: FaceRegion.angle(from: keypoints[0], to: keypoints[1]))
  }
}
