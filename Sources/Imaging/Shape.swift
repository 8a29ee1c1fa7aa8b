/// A shape to draw, which states how much of each pixel it covers.
protocol Shape {
  /// The rows that the shape touches; they may lie outside the image.
  var rows: Range<Int> { get }
  /// Returns the columns that the shape may touch in a row; they may lie outside the image.
  func columns(in row: Int) -> Range<Int>
  /// Writes the coverage, 0…256, of consecutive pixels of a row, all within `columns(in:)`. Up to seven further values may be overwritten.
  func cover(_ columns: Range<Int>, row: Int, into coverage: UnsafeMutablePointer<UInt16>)
}
