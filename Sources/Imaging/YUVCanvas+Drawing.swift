extension YUVCanvas {
  /// Fills an axis-aligned rectangle; its edges may lie within pixels.
  /// - Parameters:
  ///   - x: the left edge in pixels. 0 is the centre of the first pixel, so the image's edge is at −0.5.
  ///   - y: the upper edge in pixels.
  ///   - alpha: the opacity, 0…1.
  public func fillRectangle(x: Double, y: Double, width: Double, height: Double, colour: RGBColour, alpha: Double = 1) {
    paint(AntialiasedRectangle(x: x, y: y, width: width, height: height), Ink(colour, alpha, on: self.colour))
  }

  /// Draws a straight line with round ends. Nothing is drawn if a coordinate is not finite.
  public func line(
    from start: SIMD2<Double>, to end: SIMD2<Double>, width: Double, colour: RGBColour, alpha: Double = 1
  ) {
    guard start.isFinite, end.isFinite else { return }
    paint(Capsule(from: start, to: end, width: width), Ink(colour, alpha, on: self.colour))
  }

  /// Draws a filled disc.
  public func disc(centre: SIMD2<Double>, radius: Double, colour: RGBColour, alpha: Double = 1) {
    line(from: centre, to: centre, width: 2 * radius, colour: colour, alpha: alpha)
  }

  /// Draws one line of text.
  /// - Parameter position: the left end of the text at the top of the capitals, in pixels. Each letter is placed at whole pixels.
  /// - Returns: the x coordinate at which further text would continue.
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
        paint(PlacedGlyph(glyph: typeface.glyph(of: character), x: Int(pen.rounded()), y: top), ink)
      }
      pen += typeface.advance(of: character)
    }
    return pen
  }
}

extension SIMD2 where Scalar == Double {
  fileprivate var isFinite: Bool { x.isFinite && y.isFinite }
}
