/// MediaPipe's smoothing of a followed face's landmarks, with one filter per landmark.
package struct LandmarkSmoother {
  private var filters: [OneEuroFilter] = []
  private var lastTimestamp: Double?

  package init() {}

  /// Smooths the landmarks of the next frame.
  /// - Parameter timestamp: seconds. If it is not later than the last one, the landmarks are returned as they are.
  package mutating func apply(_ landmarks: [SIMD3<Double>], timestamp: Double) -> [SIMD3<Double>] {
    if filters.count != landmarks.count { filters = Array(repeating: OneEuroFilter(), count: landmarks.count) }
    let elapsed = lastTimestamp.map { timestamp - $0 } ?? 1
    let scale = Self.size(of: landmarks)
    // MediaPipe does not smooth faces smaller than 10⁻⁶.
    guard elapsed > 0, scale > 1e-6 else { return landmarks }
    lastTimestamp = timestamp
    return landmarks.indices.map { filters[$0].apply(landmarks[$0], frequency: 1 / elapsed, scale: scale) }
  }

  /// Forgets the face.
  package mutating func reset() { self = LandmarkSmoother() }

  /// Returns the mean of the bounding box's width and height, pixels.
  private static func size(of landmarks: [SIMD3<Double>]) -> Double {
    guard var low = landmarks.first else { return 0 }
    var high = low
    for point in landmarks {
      low = pointwiseMin(low, point)
      high = pointwiseMax(high, point)
    }
    return (high.x - low.x + high.y - low.y) / 2
  }
}
