import Imaging
import TestSupport
import Testing

struct DrawingTests {
  private let white = (y: UInt8(235), u: UInt8(128), v: UInt8(128))

  private func drawn(width: Int = 64, height: Int = 48, _ body: (borrowing YUVCanvas) -> Void) -> YUVImage {
    let canvas = TestImage.plain(width: width, height: height, y: 16, u: 128, v: 128).copyCanvas()
    body(canvas)
    return canvas.finish()
  }

  /// The area drawn in white on black, pixels: 219 grey levels each.
  private func area(_ image: YUVImage) -> Double {
    Double(image.samples.prefix(image.width * image.height).reduce(0) { $0 + Int($1) - 16 }) / 219
  }

  @Test func aCopyHasTheSamplesOfEveryPlane() {
    var generator = SeededGenerator(seed: 30)
    let image = TestImage.noise(width: 37, height: 23, using: &generator)
    #expect(image.copyCanvas().finish().samples == image.samples)
  }

  /// At every sub-pixel position. The tolerance is 2 %, since coverage is derived from the distance to the edge and grey levels are whole.
  @Test(arguments: [0.0, 0.25, 0.5, 0.9]) func shapesCoverTheirGeometricArea(shift: Double) {
    let rectangle = drawn { $0.fillRectangle(x: 9.5 + shift, y: 7.5 + shift, width: 20, height: 10.5, colour: .white) }
    #expect(abs(area(rectangle) - 210) < 4.2)
    let disc = drawn { $0.disc(centre: SIMD2(30 + shift, 20 + shift), radius: 10, colour: .white) }
    #expect(abs(area(disc) - 314.16) < 6.3)
    let line = drawn { $0.line(from: SIMD2(10 + shift, 10), to: SIMD2(40 + shift, 30), width: 3, colour: .white) }
    #expect(abs(area(line) - (3 * 36.056 + 7.07)) < 2.4)
  }

  /// Compares luma and chroma of every pixel, on noise, with the definition in double precision. Pixels that a stroke does not touch must not
  /// change. For the others the tolerance is two levels, since coverage is rounded, weighted and averaged in steps of 1/256.
  @Test func strokesHaveTheCoverageOfTheirDefinition() {
    var generator = SeededGenerator(seed: 31)
    for round in 0..<400 {
      let width = [1, 2, 15, 16, 17, 63, 64, 65][round % 8] + (round % 3 == 0 ? Int.random(in: 0...66, using: &generator) : 0)
      let height = Int.random(in: 1...40, using: &generator)
      let image = TestImage.noise(width: width, height: height, using: &generator)
      func place() -> SIMD2<Double> {
        SIMD2(
          Double.random(in: -8...Double(width + 8), using: &generator), Double.random(in: -8...Double(height + 8), using: &generator))
      }
      let start = place()
      let end = round % 2 == 0 ? start : place()
      let (stroke, alpha) = (Double.random(in: 0.3...12, using: &generator), [1, 0.9, 0.45][round % 3])
      let canvas = image.copyCanvas()
      canvas.line(from: start, to: end, width: stroke, colour: .white, alpha: alpha)
      let drawn = canvas.finish()

      func coverage(_ x: Int, _ y: Int) -> Double {
        let (p, along) = (SIMD2(Double(x), Double(y)) - start, end - start)
        let square = (along * along).sum()
        let away = p - along * (square > 0 ? max(0, min(1, (p * along).sum() / square)) : 0)
        return max(0, min(1, stroke / 2 + 0.5 - (away * away).sum().squareRoot())) * alpha
      }
      func agrees(_ new: UInt8, _ old: UInt8, _ ink: UInt8, _ coverage: Double) -> Bool {
        let expected = Double(old) + (Double(ink) - Double(old)) * coverage
        return coverage == 0 ? new == old : abs(Double(new) - expected) <= 2
      }
      var isRight = true
      for y in 0..<height {
        for x in 0..<width where !agrees(drawn.y[x, y], image.y[x, y], white.y, coverage(x, y)) { isRight = false }
      }
      for y in 0..<image.u.height {
        for x in 0..<image.u.width {
          // If a side is odd, the last chroma sample has only one row or column of luma, which counts twice.
          let (right, below) = (min(2 * x + 1, width - 1), min(2 * y + 1, height - 1))
          let mean = (coverage(2 * x, 2 * y) + coverage(right, 2 * y) + coverage(2 * x, below) + coverage(right, below)) / 4
          for (new, old) in [(drawn.u, image.u), (drawn.v, image.v)] where !agrees(new[x, y], old[x, y], white.u, mean) {
            isRight = false
          }
        }
      }
      #expect(isRight, "\(width)×\(height), from \(start) to \(end), \(stroke) wide, alpha \(alpha)")
    }
  }

  @Test(arguments: [YUVColour.Matrix.bt601, .bt709, .bt2020], [YUVColour.Range.limited, .full])
  func aColourIsReadAsItWasDrawn(matrix: YUVColour.Matrix, range: YUVColour.Range) {
    let colour = YUVColour(matrix: matrix, range: range)
    let canvas = YUVCanvas(width: 16, height: 16, colour: colour)
    canvas.fillRectangle(x: -0.5, y: -0.5, width: 16, height: 16, colour: RGBColour(200, 90, 40))
    let image = canvas.finish()
    var pixels = [Float](repeating: 0, count: 3)
    pixels.withUnsafeMutableBufferPointer {
      sampleCrop(
        from: image, map: AffineMap(a: 1, b: 0, c: 8, d: 0, e: 1, f: 8), width: 1, height: 1, border: .replicate,
        normalisation: PixelNormalisation(), into: $0)
    }
    for (value, expected) in zip(pixels, [200, 90, 40] as [Float]) { #expect(abs(value - expected) <= 2) }
  }

  @Test func halfOpacityGivesTheMeanInLumaAndChroma() {
    let image = drawn { $0.fillRectangle(x: -0.5, y: -0.5, width: 64, height: 48, colour: RGBColour(255, 0, 0), alpha: 0.5) }
    let opaque = drawn { $0.fillRectangle(x: -0.5, y: -0.5, width: 64, height: 48, colour: RGBColour(255, 0, 0)) }
    for (half, full, before) in [
      (image.y[20, 20], opaque.y[20, 20], 16), (image.u[20, 20], opaque.u[20, 20], 128), (image.v[20, 20], opaque.v[20, 20], 128),
    ] {
      #expect(abs(Int(half) - (Int(full) + before) / 2) <= 1)
    }
  }

  /// Coordinates far outside or not finite must not crash, whatever the image's size.
  @Test(arguments: [(1, 1), (3, 5), (64, 48), (65, 49)]) func shapesAreClippedToTheImage(width: Int, height: Int) {
    let image = drawn(width: width, height: height) { canvas in
      canvas.line(from: SIMD2(-1e9, -1e9), to: SIMD2(1e9, 1e9), width: 3, colour: .white)
      canvas.line(from: SIMD2(-500, 7), to: SIMD2(900, 9), width: 2, colour: .white)
      canvas.line(from: SIMD2(.nan, 0), to: SIMD2(3, 3), width: 2, colour: .white)
      canvas.disc(centre: SIMD2(0, 0), radius: 1e4, colour: .white)
      canvas.fillRectangle(x: -1e12, y: -1e12, width: 2e12, height: 2e12, colour: .white)
      canvas.text("outside", at: SIMD2(-20, -4), typeface: Typeface(capHeight: 12), colour: .white)
      canvas.text("outside", at: SIMD2(Double(width) - 8, Double(height) - 3), typeface: Typeface(capHeight: 12), colour: .white)
      canvas.text("nowhere", at: SIMD2(.infinity, 0), typeface: Typeface(capHeight: 12), colour: .white)
    }
    #expect(image.y[0, 0] == white.y)
    #expect(image.y[width - 1, height - 1] == white.y)
    #expect(image.u[image.u.width - 1, image.u.height - 1] == white.u)
  }

  /// At a size near the smallest that the overlay uses.
  @Test func printableCharactersDiffer() {
    let typeface = Typeface(capHeight: 8)
    var seen: [[UInt8]: Character] = [:]
    for character in (33..<127).map({ Character(UnicodeScalar($0)) }) + ["°", "·", "—"] {
      let image = drawn(width: 24, height: 24) { canvas in
        canvas.text(String(character), at: SIMD2(5, 5), typeface: typeface, colour: .white)
      }
      let other = seen.updateValue(character, forKey: image.samples)
      #expect(other == nil, "\(character) looks like \(other ?? " ")")
      #expect(area(image) > 1)
    }
  }

  @Test(arguments: [9.0, 40]) func measuredWidthIsWhereTheTextEnds(capHeight: Double) {
    let typeface = Typeface(capHeight: capHeight)
    #expect(typeface.width(of: "111.11") == typeface.width(of: "888.88"))
    let text = "HEAD 08"
    let width = typeface.width(of: text)
    let image = drawn(width: 400, height: 60) { canvas in
      canvas.text(text, at: SIMD2(10, 8), typeface: typeface, colour: .white)
    }
    let inked = (0..<400).filter { column in (0..<60).contains { image.y[column, $0] > 40 } }
    #expect(abs(Double(inked.first ?? 0) - 10) <= 0.15 * capHeight + 1)
    #expect(abs(Double(inked.last ?? 0) - (10 + width)) <= 0.15 * capHeight + 2)
  }
}
