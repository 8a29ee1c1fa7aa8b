import Foundation

extension FaceRegion {
  var cosine: Double { cos(rotation) }
  var sine: Double { sin(rotation) }

  /// The size of a region relative to the bounds of the face. The margin leaves room for the face to move until the next frame (MediaPipe,
  /// `face_landmarks_detector_graph.cc` and `face_detection_…_to_roi`).
  public static let margin = 1.5

  /// Creates the region around known landmarks, as in MediaPipe's video mode. The region is a square around the bounds of all points,
  /// rotated by `rotation`. Its side is 1.5 times the longer side of the bounds.
  /// - Parameter points: at least one point, in pixels.
  public init(around points: some Collection<SIMD2<Double>>, rotation: Double) {
    var low = SIMD2(repeating: Double.infinity)
    var high = SIMD2(repeating: -Double.infinity)
    for point in points {
      low = pointwiseMin(low, point)
      high = pointwiseMax(high, point)
    }
    let side = (high - low).max() * Self.margin
    self.init(centre: (low + high) / 2, width: side, height: side, rotation: rotation)
  }

  /// Returns the clockwise angle of the line from one point to another, in radians in (−π, π].
  static func angle(from a: SIMD2<Double>, to b: SIMD2<Double>) -> Double { atan2(b.y - a.y, b.x - a.x) }
}
