import FaceTracking
import Imaging
import Mirroring
import Testing

struct FaceMirrorTests {
  /// Dark on the image's left, bright on its right.
  private func halves(width: Int = 80, height: Int = 60) -> YUVImage {
    let canvas = YUVCanvas(width: width, height: height, colour: YUVColour())
    for (plane, middle) in [(canvas.y, width / 2), (canvas.u, width / 4), (canvas.v, width / 4)] {
      for row in 0..<plane.height { for column in 0..<plane.width { plane[column, row] = column < middle ? 60 : 200 } }
    }
    return canvas.finish()
  }

  private func all(_ image: YUVImage) -> Set<UInt8> {
    Set((0..<image.height).flatMap { row in (0..<image.width).map { image.y[$0, row] } })
  }

  /// In an ordinary video the person's right is on the image's left.
  @Test func sidesAreThePersonsOwn() throws {
    let midline = try #require(Midline(glabella: SIMD2(39.5, 10), chin: SIMD2(39.5, 50)))
    let pair = FaceMirror.mirror(halves(), midline: midline)
    #expect(all(pair.right) == [60])
    #expect(all(pair.left) == [200])
  }

  /// The person's right is then on the image's right.
  @Test func sidesAreThePersonsOwnIfTheHeadIsUpsideDown() throws {
    let midline = try #require(Midline(glabella: SIMD2(39.5, 50), chin: SIMD2(39.5, 10)))
    let pair = FaceMirror.mirror(halves(), midline: midline)
    #expect(all(pair.right) == [200])
    #expect(all(pair.left) == [60])
  }

  @Test func aFrameWithoutAMidlineIsPassedThrough() {
    let image = halves()
    let pair = FaceMirror.mirror(image, midline: nil)
    #expect(pair.left === image)
    #expect(pair.right === image)
  }
}
