import Imaging
import TestSupport
import Testing

struct CropSamplingTests {
  private func crop(
    _ image: YUVImage, _ map: AffineMap, _ width: Int, _ height: Int, _ border: CropBorder = .replicate,
    _ normalisation: PixelNormalisation = PixelNormalisation()
  ) -> [Float] {
    [Float](unsafeUninitializedCapacity: 3 * width * height) { buffer, count in
      count = 3 * width * height
      sampleCrop(from: image, map: map, width: width, height: height, border: border, normalisation: normalisation, into: buffer)
    }
  }

  /// Kr and Kb of the three standards.
  private func weights(_ matrix: YUVColour.Matrix) -> (red: Double, blue: Double) {
    switch matrix {
    case .bt601: (0.299, 0.114)
    case .bt709: (0.2126, 0.0722)
    case .bt2020: (0.2627, 0.0593)
    }
  }

  /// The value of a crop's pixel by definition, in double precision.
  private func textbook(_ image: YUVImage, _ p: SIMD2<Double>, _ border: CropBorder) -> SIMD3<Double> {
    let chroma = (p - image.colour.siting.offset) / 2
    let limited = image.colour.range == .limited
    let y = (image.y.interpolated(p.x, p.y) - (limited ? 16 : 0)) * (limited ? 255.0 / 219 : 1)
    let cb = (image.u.interpolated(chroma.x, chroma.y) - 128) * (limited ? 255.0 / 224 : 1)
    let cr = (image.v.interpolated(chroma.x, chroma.y) - 128) * (limited ? 255.0 / 224 : 1)
    let k = weights(image.colour.matrix)
    let red = y + 2 * (1 - k.red) * cr
    let blue = y + 2 * (1 - k.blue) * cb
    let green = (y - k.red * red - k.blue * blue) / (1 - k.red - k.blue)
    var rgb = SIMD3(red, green, blue).clamped(lowerBound: .zero, upperBound: SIMD3(repeating: 255))
    if case .constant(let value) = border {
      func inside(_ x: Double, _ size: Int) -> Double {
        let left = x.rounded(.down)
        func tap(_ position: Double, _ weight: Double) -> Double { position >= 0 && position < Double(size) ? weight : 0 }
        return tap(left, 1 - (x - left)) + tap(left + 1, x - left)
      }
      let share = inside(p.x, image.width) * inside(p.y, image.height)
      rgb = rgb * share + SIMD3(repeating: Double(value)) * (1 - share)
    }
    return rgb
  }

  /// With random maps, sizes, strides, colours and borders. The tolerance of 0.01 grey levels allows for single precision.
  @Test func cropsHaveTheValuesOfTheirDefinition() {
    var generator = SeededGenerator(seed: 10)
    for _ in 0..<300 {
      let (width, height) = TestImage.size(using: &generator)
      let image = TestImage.noise(width: width, height: height, colour: TestImage.colour(using: &generator), using: &generator)
      let reach = Double.random(in: 0.02...3, using: &generator)
      func coefficient() -> Double { Double.random(in: -reach...reach, using: &generator) }
      let map = AffineMap(
        a: coefficient(), b: coefficient(), c: Double.random(in: -0.5...1.5, using: &generator) * Double(width), d: coefficient(),
        e: coefficient(), f: Double.random(in: -0.5...1.5, using: &generator) * Double(height))
      let border: CropBorder = Bool.random(using: &generator) ? .replicate : .constant(Float.random(in: 0...255, using: &generator))
      let columns = Int.random(in: 1...40, using: &generator)
      let rows = Int.random(in: 1...20, using: &generator)
      let result = crop(image, map, columns, rows, border)
      var worst = 0.0
      for row in 0..<rows {
        for column in 0..<columns {
          let expected = textbook(image, map.apply(SIMD2(Double(column), Double(row))), border)
          for channel in 0..<3 {
            worst = max(worst, abs(Double(result[(channel * rows + row) * columns + column]) - expected[channel]))
          }
        }
      }
      #expect(worst < 0.01, "\(width)×\(height) \(map) \(border)")
    }
  }

  @Test func normalisationIsAppliedPerWrittenPlane() {
    // BT.601 full range: (76, 85, 255) is red.
    let red = TestImage.plain(width: 8, height: 8, y: 76, u: 85, v: 255, colour: YUVColour(matrix: .bt601, range: .full))
    let map = AffineMap(a: 1, b: 0, c: 0, d: 0, e: 1, f: 0)
    let rgb = crop(red, map, 5, 1)
    #expect(abs(rgb[0] - 255) < 1.5)
    #expect(rgb[5] < 1.5)
    #expect(rgb[10] < 1.5)
    let bgr = crop(
      red, map, 5, 1, .replicate, PixelNormalisation(scale: SIMD3(1, 1, 2), bias: SIMD3(-104, -117, -123), order: .bgr))
    #expect(abs(bgr[0] - -104) < 1.5)
    #expect(abs(bgr[5] - -117) < 1.5)
    #expect(abs(bgr[10] - (510 - 123)) < 3)
  }

  /// Maps are computed from networks' outputs, which may be anything.
  @Test func mapsThatAreNotFiniteOrTooLargeGiveValidColours() {
    var generator = SeededGenerator(seed: 11)
    let image = TestImage.noise(width: 16, height: 16, using: &generator)
    for value in [Double.nan, .infinity, -.infinity, 1e300, -1e18] {
      for map in [
        AffineMap(a: value, b: 0, c: 0, d: 0, e: 1, f: 0), AffineMap(a: 1, b: 0, c: value, d: 0, e: 1, f: value),
        AffineMap(a: 1, b: value, c: 0, d: value, e: 1, f: 0), AffineMap(a: 1, b: 0, c: 0, d: value, e: 1, f: 0),
        AffineMap(a: 1, b: 0, c: 0, d: 0, e: value, f: 0), AffineMap(a: 1, b: 0, c: 0, d: 0, e: 1, f: value),
      ] {
        #expect(crop(image, map, 9, 9).allSatisfy { (0...255).contains($0) })
      }
    }
  }
}
