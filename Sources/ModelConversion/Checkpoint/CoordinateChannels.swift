/// Channels that contain the coordinates of each pixel: Liu et al., *An Intriguing Failing of Convolutional Neural Networks and the
/// CoordConv Solution* (2018), as implemented in STAR (`lib/backbone/core/coord_conv.py`).
struct CoordinateChannels {
  /// Three maps of side × side values, each in row-major order: the first coordinate (−1…1), the second (−1…1), and the distance from the
  /// middle (0…1).
  ///
  /// The first coordinate increases from row to row, although the published code calls it x; the second increases from column to column.
  let values: [Float]

  init(side: Int) {
    var values: [Float] = []
    values.reserveCapacity(3 * side * side)
    for row in 0..<side { values += [Float](repeating: Self.position(row, of: side), count: side) }
    let columns = (0..<side).map { Self.position($0, of: side) }
    for _ in 0..<side { values += columns }
    let farthest = Float(2).squareRoot()
    for row in 0..<side {
      for column in 0..<side { values.append((columns[row] * columns[row] + columns[column] * columns[column]).squareRoot() / farthest) }
    }
    self.values = values
  }

  /// Returns the coordinate of a pixel: −1 for the first of `count` pixels, 1 for the last.
  static func position(_ index: Int, of count: Int) -> Float { Float(index) / Float(count - 1) * 2 - 1 }
}
