import ActionUnits
import FaceNetworks
import Imaging
import Testing

struct EyeAspectRatioTests {
  /// An eye 4 wide and, at its three lid pairs, 1, 2 and 1.5 open: (1 + 2 + 1.5) / (3 · 4).
  private func eye(at x: Double) -> [SIMD2<Double>] {
    [
      SIMD2(x, 0), SIMD2(x + 1, -0.5), SIMD2(x + 2, -1), SIMD2(x + 3, -0.75), SIMD2(x + 4, 0), SIMD2(x + 3, 0.75), SIMD2(x + 2, 1),
      SIMD2(x + 1, 0.5),
    ]
  }

  @Test func theRatioUsesAllLidPointsOfWFLW() {
    var landmarks = [SIMD2<Double>](repeating: .zero, count: 98)
    landmarks.replaceSubrange(60..<68, with: eye(at: 0))
    landmarks.replaceSubrange(68..<76, with: eye(at: 10).map { $0 * SIMD2(1, 2) })
    let ratios = EyeAspectRatio(wflw: landmarks)
    #expect(abs(ratios.right - 0.375) < 1e-12)
    #expect(abs(ratios.left - 0.75) < 1e-12)
    #expect(abs(ratios.mean - 0.5625) < 1e-12)
  }

  @Test func blinkIntensityIsLinearBetweenItsTwoLimits() {
    #expect(EyeAspectRatio.blinkIntensity(0.25) == 0)
    #expect(EyeAspectRatio.blinkIntensity(0.4) == 0)
    #expect(EyeAspectRatio.blinkIntensity(0.05) == 5)
    #expect(EyeAspectRatio.blinkIntensity(0) == 5)
    #expect(abs(EyeAspectRatio.blinkIntensity(0.15) - 2.5) < 1e-6)
  }

  @Test func theKeptEyeIsTheOneOnTheKeptSide() {
    // The person's right eye, on the image's left, is open; the left one is shut.
    var landmarks = [SIMD3<Double>](repeating: .zero, count: FaceMesh.pointCount)
    for (index, point) in zip([33, 160, 159, 158, 133, 153, 145, 144], eye(at: 0)) { landmarks[index] = SIMD3(point, 0) }
    for (index, point) in zip([362, 385, 386, 387, 263, 373, 374, 380], eye(at: 10)) { landmarks[index] = SIMD3(point.x, 0, 0) }
    let mesh = FaceMesh(
      landmarks: landmarks, presence: 1, region: FaceRegion(centre: .zero, width: 1, height: 1, rotation: 0))
    let axis = ReflectionAxis(point: SIMD2(7, 0), direction: SIMD2(0, 1))
    #expect(abs(EyeAspectRatio.ofKeptEye(mesh: mesh, axis: axis, keeping: .positive) - 0.375) < 1e-12)
    #expect(EyeAspectRatio.ofKeptEye(mesh: mesh, axis: axis, keeping: .negative) == 0)
  }
}
