import Imaging
import Testing

@Suite struct ImageOrientationTests {
  @Test(arguments: ImageOrientation.allCases) func undoingTwoOrientationsIsUndoingTheirComposition(first: ImageOrientation) {
    let canvas = YUVCanvas(width: 6, height: 4, colour: YUVColour())
    for y in 0..<4 { for x in 0..<6 { canvas.y[x, y] = UInt8(10 * y + x) } }
    for y in 0..<2 { for x in 0..<3 { canvas.u[x, y] = UInt8(10 * y + x) } }
    for y in 0..<2 { for x in 0..<3 { canvas.v[x, y] = UInt8(100 + 10 * y + x) } }
    let image = canvas.finish()
    for second in ImageOrientation.allCases {
      let twice = image.turned(first, pool: nil).turned(second, pool: nil)
      let once = image.turned(first.followed(by: second), pool: nil)
      #expect((twice.width, twice.height) == (once.width, once.height))
      #expect(luma(twice) == luma(once), "\(first) then \(second)")
    }
  }

  @Test func quarterTurnsAddUp() {
    for turns in -5...5 {
      let turn = ImageOrientation(quarterTurnsClockwise: 1)
      #expect(ImageOrientation(quarterTurnsClockwise: turns).followed(by: turn) == ImageOrientation(quarterTurnsClockwise: turns + 1))
    }
  }

  private func luma(_ image: YUVImage) -> [UInt8] {
    (0..<image.height).flatMap { y in (0..<image.width).map { x in image.y[x, y] } }
  }
}
