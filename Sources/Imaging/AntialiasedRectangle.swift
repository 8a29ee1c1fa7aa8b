/// A filled, axis-aligned rectangle. Its edges may lie within pixels, which are then partly covered.
struct AntialiasedRectangle: Shape {
  private let x0, x1, y0, y1: Double
  private let columns: Range<Int>
  let rows: Range<Int>

  /// Creates a rectangle.
  ///
  /// - Parameters:
  ///   - x: the left edge in pixels, where 0 is the centre of the first pixel.
  ///   - y: the upper edge in pixels.
  ///   - width: the width in pixels.
  ///   - height: the height in pixels.
  init(x: Double, y: Double, width: Double, height: Double) {
    (x0, x1) = (x, x + width)
    (y0, y1) = (y, y + height)
    columns = Self.pixels(x0, x1)
    rows = Self.pixels(y0, y1)
  }

  func columns(in row: Int) -> Range<Int> { columns }

  func cover(_ columns: Range<Int>, row: Int, into coverage: UnsafeMutablePointer<UInt16>) {
    let height = Self.overlap(row, y0, y1)
    coverage.update(repeating: UInt16(256 * height), count: columns.count)
    // Only the outermost pixels can be partly covered.
    for column in [columns.lowerBound, columns.upperBound - 1] {
      coverage[column - columns.lowerBound] = UInt16(256 * height * Self.overlap(column, x0, x1))
    }
  }

  private static func overlap(_ index: Int, _ low: Double, _ high: Double) -> Double {
    max(0, min(Double(index) + 0.5, high) - max(Double(index) - 0.5, low))
  }

  private static func pixels(_ low: Double, _ high: Double) -> Range<Int> {
    // A limit far outside any image, which keeps the conversion to Int from trapping.
    let limit = 1e6
    guard low < high else { return 0..<0 }
    let first = (max(-limit, min(limit, low)) + 0.5).rounded(.down)
    let end = (max(-limit, min(limit, high)) + 0.5).rounded(.up)
    return Int(first)..<max(Int(first), Int(end))
  }
}
