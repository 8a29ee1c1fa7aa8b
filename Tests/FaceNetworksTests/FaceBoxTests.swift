import FaceNetworks
import Imaging
import Testing

struct FaceBoxTests {
  @Test func intersectionOverUnionIsTheSharedPartOfTheArea() {
    let box = FaceBox(minX: 0, minY: 0, maxX: 4, maxY: 4)
    #expect(box.intersectionOverUnion(box) == 1)
    #expect(box.intersectionOverUnion(FaceBox(minX: 2, minY: 0, maxX: 6, maxY: 4)) == 8.0 / 24)
    #expect(box.intersectionOverUnion(FaceBox(minX: 4, minY: 4, maxX: 6, maxY: 6)) == 0)
  }

  /// Edges are truncated to whole numbers in coordinates that start at the image's outer edge, half a pixel before the first pixel's centre.
  @Test func pixelsAreThoseOfTheOriginal() {
    let box = FaceBox(minX: 1.4, minY: 2.6, maxX: 7.6, maxY: 9.2)
    #expect(box.pixels(inWidth: 100, height: 100) == PixelRectangle(x: 1, y: 3, width: 7, height: 6))
    #expect(box.pixels(inWidth: 5, height: 6) == PixelRectangle(x: 1, y: 3, width: 4, height: 3))
    #expect(FaceBox(minX: -20, minY: -20, maxX: -1, maxY: 5).pixels(inWidth: 10, height: 10) == nil)
  }

  /// The centres of the first and last of 224 samples lie half a step inside the crop.
  @Test func resizingAlignsPixelCentres() {
    let map = MultitaskCrop.map(of: PixelRectangle(x: 10, y: 20, width: 448, height: 112))
    #expect(map.apply(SIMD2(0, 0)) == SIMD2(10.5, 19.75))
    #expect(map.apply(SIMD2(223, 223)) == SIMD2(10 + 446 + 0.5, 19.75 + 111.5))
  }

  /// The corners of STAR's input are mapped to a square around the centre of the box, of 1.05 times its shorter side.
  @Test func starsInputIsASquareAroundTheBox() {
    let map = StarLandmarker.map(of: FaceBox(minX: 99.5, minY: 49.5, maxX: 299.5, maxY: 349.5))
    let middle = map.apply(SIMD2(127.5, 127.5))
    #expect(abs(middle.x - 200) < 1e-9)
    #expect(abs(middle.y - 200) < 1e-9)
    #expect(abs(map.a * 256 - 210) < 1e-9)
    #expect(map.b == 0)
  }
}
