import Imaging
import TestSupport
import Testing

struct TurningTests {
  /// The stored position of an upright one, from EXIF 2.32, table 6: where the stored image's first row and first column are seen.
  private func stored(_ orientation: ImageOrientation, _ x: Int, _ y: Int, _ width: Int, _ height: Int) -> (Int, Int) {
    switch orientation {
    case .up: (x, y)
    case .upMirrored: (width - 1 - x, y)
    case .down: (width - 1 - x, height - 1 - y)
    case .downMirrored: (x, height - 1 - y)
    case .leftMirrored: (y, x)
    case .right: (y, height - 1 - x)
    case .rightMirrored: (width - 1 - y, height - 1 - x)
    case .left: (width - 1 - y, x)
    }
  }

  @Test(arguments: ImageOrientation.allCases) func everyPixelMovesToItsPlace(_ orientation: ImageOrientation) {
    var generator = SeededGenerator(seed: 20)
    for (width, height) in [(1, 1), (2, 5), (7, 4), (33, 70), (130, 65)] {
      let image = TestImage.noise(width: width, height: height, using: &generator)
      let turned = image.turned(orientation)
      #expect((turned.width, turned.height) == (orientation.swapsSides ? (height, width) : (width, height)))
      var wrong = 0
      for y in 0..<turned.height {
        for x in 0..<turned.width {
          let (column, row) = stored(orientation, x, y, width, height)
          if turned.y[x, y] != image.y[column, row] { wrong += 1 }
        }
      }
      #expect(wrong == 0)
    }
  }

  /// A colour gradient, read with the turned image's own siting, equals the stored image's gradient at the same place. The tolerance is a
  /// quarter of a chroma sample's slope, and rounding.
  @Test(arguments: ImageOrientation.allCases, YUVColour.ChromaSiting.allCases)
  func chromaStaysInPlace(_ orientation: ImageOrientation, _ siting: YUVColour.ChromaSiting) {
    for (width, height) in [(50, 40), (51, 41)] {
      let canvas = YUVCanvas(width: width, height: height, colour: YUVColour(siting: siting))
      for plane in [canvas.y, canvas.u, canvas.v] {
        for row in 0..<plane.height { for column in 0..<plane.width { plane[column, row] = UInt8(2 * column + 3 * row) } }
      }
      let image = canvas.finish()
      let turned = image.turned(orientation)
      let offset = turned.colour.siting.offset
      var worst = 0.0
      for y in 10..<turned.height - 10 {
        for x in 10..<turned.width - 10 {
          let (column, row) = stored(orientation, x, y, width, height)
          let position = (SIMD2(Double(x), Double(y)) - offset) / 2
          let source = (SIMD2(Double(column), Double(row)) - siting.offset) / 2
          worst = max(worst, abs(turned.u.interpolated(position.x, position.y) - image.u.interpolated(source.x, source.y)))
        }
      }
      #expect(worst <= 0.51)
    }
  }

  /// As in videos from phones held upright. With the usual siting nothing is resampled.
  @Test(arguments: [ImageOrientation.right, .left]) func quarterTurnsLoseNothing(_ orientation: ImageOrientation) {
    var generator = SeededGenerator(seed: 21)
    let image = TestImage.noise(width: 32, height: 18, using: &generator)
    let turned = image.turned(orientation)
    let back = turned.turned(orientation == .right ? .left : .right)
    #expect(back.samples == image.samples)
    #expect(back.colour == image.colour)
  }
}
