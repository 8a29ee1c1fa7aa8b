extension YUVCanvas {
  /// Fills an axis-aligned rectangle; its edges may lie within pixels.
  /// - Parameters:
  ///   - x: the left edge, pixels; −0.5 is the picture's own edge, since 0 is the centre of the first pixel.
  ///   - y: the upper edge.
  ///   - alpha: 0…1, how much of what was there is covered.
  public func fillRectangle(x: Double, y: Double, width: Double, height: Double, colour: RGBColour, alpha: Double = 1) {
    func overlap(_ index: Int, _ low: Double, _ size: Double) -> Double {
      max(0, min(Double(index) + 0.5, low + size) - max(Double(index) - 0.5, low))
    }
    func pixels(_ low: Double, _ size: Double, _ limit: Int) -> Range<Int> {
      let first = max(-0.5, min(Double(limit), low)) + 0.5
      let last = max(-0.5, min(Double(limit) - 0.5, low + size)) + 0.5
      return first < last ? Int(first)..<Int(last.rounded(.up)) : 0..<0
    }
    let columns = pixels(x, width, self.width)
    paint(rows: pixels(y, height, self.height), ink: Ink(colour, alpha, on: self.colour)) { _ in
      columns
    } coverage: { column, row in
      UInt16(256 * overlap(column, x, width) * overlap(row, y, height))
    }
  }

  /// Draws a straight line with round ends.
  public func line(
    from start: SIMD2<Double>, to end: SIMD2<Double>, width: Double, colour: RGBColour, alpha: Double = 1
  ) {
    guard start.isFinite, end.isFinite else { return }
    let capsule = Capsule(from: start, to: end, width: width)
    paint(rows: capsule.rows, ink: Ink(colour, alpha, on: self.colour)) {
      capsule.columns(in: $0)
    } coverage: {
      capsule.coverage($0, $1)
    }
  }

  /// Draws a filled disc.
  public func disc(centre: SIMD2<Double>, radius: Double, colour: RGBColour, alpha: Double = 1) {
    line(from: centre, to: centre, width: 2 * radius, colour: colour, alpha: alpha)
  }

  /// Draws one line of text.
  /// - Parameter position: the left end of the capitals' top, pixels; rounded to whole ones.
  /// - Returns: the x coordinate at which a next piece would go on.
  @discardableResult
  public func text(
    _ text: some StringProtocol, at position: SIMD2<Double>, typeface: Typeface, colour: RGBColour, alpha: Double = 1
  ) -> Double {
    guard position.isFinite, abs(position.x) < 1e6, abs(position.y) < 1e6 else { return position.x }
    let ink = Ink(colour, alpha, on: self.colour)
    var pen = position.x
    let top = Int(position.y.rounded())
    for character in text {
      if character != " " {
        let glyph = typeface.glyph(of: character)
        let left = Int(pen.rounded()) + glyph.originX
        let upper = top + glyph.originY
        glyph.coverage.withUnsafeBufferPointer { coverage in
          paint(rows: upper..<upper + glyph.height, ink: ink) { _ in
            left..<left + glyph.width
          } coverage: { column, row in
            coverage[(row - upper) * glyph.width + column - left]
          }
        }
      }
      pen += typeface.advance(of: character)
    }
    return pen
  }
}

extension SIMD2 where Scalar == Double {
  fileprivate var isFinite: Bool { x.isFinite && y.isFinite }
}
