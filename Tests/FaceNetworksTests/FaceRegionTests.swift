import FaceNetworks
import Foundation
import Imaging
import Testing

@Suite("Face regions")
struct FaceRegionTests {
  @Test("Sample i of N is read at i/N of the width, without a half-sample shift")
  func sampling() {
    let region = FaceRegion(centre: SIMD2(100, 50), width: 256, height: 128, rotation: 0)
    let map = region.samplingMap(columns: 256, rows: 256)
    #expect(map.apply(SIMD2(0, 0)) == SIMD2(-28, -14))
    #expect(map.apply(SIMD2(128, 128)) == SIMD2(100, 50))
    #expect(map.apply(SIMD2(1, 2)) == SIMD2(-27, -13))
  }

  @Test("The sampling map of a rotated region agrees with its positions", arguments: [-2.5, -0.3, 0.0, 1.2, .pi / 2])
  func turned(rotation: Double) {
    let region = FaceRegion(centre: SIMD2(31, 77), width: 90, height: 60, rotation: rotation)
    let map = region.samplingMap(columns: 30, rows: 20)
    for (i, j) in [(0.0, 0.0), (30, 0), (12, 17), (30, 20)] {
      let difference = map.apply(SIMD2(i, j)) - region.position(SIMD2(i / 30, j / 20))
      #expect((difference * difference).sum() < 1e-20)
    }
  }

  @Test("The next region is a square of 1.5 times the landmarks' bounds, level with the eyes")
  func next() {
    var landmarks = [SIMD3<Double>](repeating: SIMD3(50, 50, 3), count: FaceMesh.pointCount)
    landmarks[33] = SIMD3(40, 45, 0)
    landmarks[263] = SIMD3(60, 55, 0)
    landmarks[10] = SIMD3(50, 10, 0)
    landmarks[152] = SIMD3(50, 90, 0)
    let region = FaceMesh(
      landmarks: landmarks, presence: 1, region: FaceRegion(centre: .zero, width: 1, height: 1, rotation: 0)
    ).nextRegion
    #expect(region.centre == SIMD2(50, 50))
    #expect(region.width == 120)
    #expect(region.height == 120)
    #expect(abs(region.rotation - atan2(10, 20)) < 1e-12)
  }

  @Test("A region overlaps itself by 1, a separate one by 0, and one shifted by half its width by a third")
  func overlap() {
    let region = FaceRegion(centre: SIMD2(0, 0), width: 10, height: 10, rotation: 0)
    var other = region
    #expect(region.overlap(with: other) == 1)
    other.centre.x = 5
    #expect(abs(region.overlap(with: other) - 1.0 / 3) < 1e-12)
    other.centre.x = 20
    #expect(region.overlap(with: other) == 0)
  }
}
