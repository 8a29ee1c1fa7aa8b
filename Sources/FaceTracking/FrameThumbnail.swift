import Imaging

/// The mean colours of 16×16 parts of a frame. They show whether two frames belong to the same shot.
struct FrameThumbnail: Hashable, Sendable {
  /// The means of the parts of the luma plane, then of the two chroma planes, each row by row; 0…255.
  private let means: [Float]

  private static let side = 16
  /// The number of samples per row and per column of a part.
  private static let samples = 4

  init(_ image: YUVImage) {
    means = [image.y, image.u, image.v].flatMap(Self.means)
  }

  /// Returns the mean absolute difference of the parts, in grey levels, summed over the three planes.
  func difference(from other: FrameThumbnail) -> Double {
    let sum = zip(means, other.means).reduce(Float.zero) { $0 + abs($1.0 - $1.1) }
    return Double(sum) / Double(Self.side * Self.side)
  }

  private static func means(of plane: Plane) -> [Float] {
    let count = side * samples
    let columns = (0..<count).map { (2 * $0 + 1) * plane.width / (2 * count) }
    var means = [Float](repeating: 0, count: side * side)
    for index in 0..<count {
      let y = (2 * index + 1) * plane.height / (2 * count)
      for part in 0..<side {
        var sum = 0
        for x in columns[part * samples..<(part + 1) * samples] { sum += Int(plane[x, y]) }
        means[index / samples * side + part] += Float(sum) / Float(samples * samples)
      }
    }
    return means
  }
}
