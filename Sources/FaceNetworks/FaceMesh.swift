/// The 478 landmarks that MediaPipe's face mesh finds on a face in an image.
public struct FaceMesh: Hashable, Sendable {
  public static let pointCount = 478

  /// 478 points. x and y are in pixels, where 0 is the centre of the first pixel. z is the depth relative to the head's centre, given as
  /// MediaPipe's normalised z times the image's width. It decreases towards the camera.
  public var landmarks: [SIMD3<Double>]
  /// The network's confidence that the region shows a face, 0…1. In MediaPipe a face is present above 0.5.
  public var presence: Double
  /// The region of the image that was the network's input.
  public var region: FaceRegion
  /// The number of z units per pixel. It is 1 for an upright face. MediaPipe scales z by the length of the region's horizontal side in
  /// normalised coordinates, so in an image that is not square, `depthScale` changes as the face tilts.
  public var depthScale: Double

  public init(landmarks: [SIMD3<Double>], presence: Double, region: FaceRegion, depthScale: Double = 1) {
    self.landmarks = landmarks
    self.presence = presence
    self.region = region
    self.depthScale = depthScale
  }

  /// The position of a landmark, without its depth.
  public func point(_ index: Int) -> SIMD2<Double> { SIMD2(landmarks[index].x, landmarks[index].y) }

  /// The positions of all landmarks, without their depth.
  public var points: [SIMD2<Double>] { landmarks.map { SIMD2($0.x, $0.y) } }

  /// The region in which to search for this face in the next frame, as in MediaPipe's video mode. It surrounds the landmarks and is rotated
  /// so that the outer corners of the eyes are level (landmark 33 of the person's right eye, 263 of the left eye).
  public var nextRegion: FaceRegion {
    FaceRegion(around: points, rotation: FaceRegion.angle(from: point(33), to: point(263)))
  }
}
