/// A glyph at a position in an image.
struct PlacedGlyph: Shape {
  private let glyph: Glyph
  private let left, top: Int

  /// Places a glyph in an image.
  ///
  /// - Parameters:
  ///   - x: the pen's horizontal position in pixels.
  ///   - y: the top of the capitals in pixels.
  init(glyph: Glyph, x: Int, y: Int) {
    self.glyph = glyph
    left = x + glyph.originX
    top = y + glyph.originY
  }

  var rows: Range<Int> { top..<top + glyph.height }

  func columns(in row: Int) -> Range<Int> { left..<left + glyph.width }

  func cover(_ columns: Range<Int>, row: Int, into coverage: UnsafeMutablePointer<UInt16>) {
    glyph.coverage.withUnsafeBufferPointer { source in
      guard let line = source.baseAddress else { return }
      coverage.update(from: line + (row - top) * glyph.width + columns.lowerBound - left, count: columns.count)
    }
  }
}
