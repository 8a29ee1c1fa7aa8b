/// MediaPipe's 478 points of a face in a picture.
public struct FaceMesh: Hashable, Sendable {
  public static let pointCount = 478

  /// 478 points. x, y: pixels, 0 being the centre of the first pixel. z: depth relative to the head's centre, smaller towards
  /// the camera, in pixels of the picture's width as MediaPipe has it (its normalised z times the width).
  public var landmarks: [SIMD3<Double>]
  /// The network's own belief that the region shows a face, 0…1. MediaPipe calls a face present above 0.5.
  public var presence: Double
  /// What the network looked at.
  public var region: FaceRegion
  /// How many z units a pixel across the face is. 1 for an upright face; MediaPipe scales z by the region's horizontal side
  /// measured in normalised coordinates, so in a picture that isn't square it stretches as the face tilts.
  public var depthScale: Double

  public init(landmarks: [SIMD3<Double>], presence: Double, region: FaceRegion, depthScale: Double = 1) {
    self.landmarks = landmarks
    self.presence = presence
    self.region = region
    self.depthScale = depthScale
  }

  /// A landmark without its depth.
  public func point(_ index: Int) -> SIMD2<Double> { SIMD2(landmarks[index].x, landmarks[index].y) }

  /// All landmarks without their depth.
  public var points: [SIMD2<Double>] { landmarks.map { SIMD2($0.x, $0.y) } }

  /// Where to look for this face in the next picture (MediaPipe's video mode): around the landmarks, level with the outer
  /// corners of the eyes (33, the person's right; 263, the left).
  public var nextRegion: FaceRegion {
    FaceRegion(around: points, rotation: FaceRegion.angle(from: point(33), to: point(263)))
  }
}
