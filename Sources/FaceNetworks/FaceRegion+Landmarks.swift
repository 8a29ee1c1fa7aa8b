import Foundation

extension FaceRegion {
  var cosine: Double { cos(rotation) }
  var sine: Double { sin(rotation) }

  /// How much larger than a face's bounds its region is (MediaPipe, `face_landmarks_detector_graph.cc` and
  /// `face_detection_…_to_roi`): room for the face to move until the next frame.
  public static let margin = 1.5

  /// The region around known landmarks, as MediaPipe's video mode makes the next frame's: the upright bounds of all points,
  /// squared to the longer side, 1.5 times as large, turned by `rotation`.
  /// - Parameter points: pixels; at least one.
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

  /// The clockwise angle of the line from one point to another, radians in (−π, π].
  static func angle(from a: SIMD2<Double>, to b: SIMD2<Double>) -> Double { atan2(b.y - a.y, b.x - a.x) }
}
