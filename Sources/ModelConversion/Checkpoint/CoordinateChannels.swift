/// Channels that contain the coordinates of each pixel: Liu et al., *An Intriguing Failing of Convolutional Neural Networks and the CoordConv
/// Solution* (2018), in the form of STAR (`lib/backbone/core/coord_conv.py`).
struct CoordinateChannels {
  /// Three maps in row-major order: first coordinate (−1…1), second coordinate (−1…1), distance from the middle (0…1).
  ///
  /// The published code calls the first one x, but it increases from row to row, and the second from column to column.
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

  /// −1 for the first of `count` pixels, 1 for the last.
  static func position(_ index: Int, of count: Int) -> Float { Float(index) / Float(count - 1) * 2 - 1 }
}
