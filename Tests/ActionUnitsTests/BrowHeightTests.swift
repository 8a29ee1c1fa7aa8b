import ActionUnits
import FaceNetworks
import Foundation
import TestSupport
import Testing

/// AU1 and AU2 of the engine `mediapipe`, which are made of the height of the brows in the mesh.
struct BrowHeightTests {
  private static let innerBrows = [55, 107, 285, 336]
  private static let browPeaks = [66, 105, 296, 334]

  /// A face whose bridge is at y 0 and the base of whose nose is at y 100, so that heights are hundredths of a pixel.
  /// - Parameters:
  ///   - inner: the height of the brows' inner ends above the corners of the eyes, in pixels.
  ///   - peak: the height of their upper edge.
  private func face(inner: Double, peak: Double) -> [SIMD3<Double>] {
    var landmarks = [SIMD3<Double>](repeating: .zero, count: FaceMesh.pointCount)
    for (index, x) in [(33, -90.0), (133, -30), (362, 30), (263, 90)] { landmarks[index] = SIMD3(x, 5, 0) }
    landmarks[2] = SIMD3(0, 100, 0)
    for (index, x) in zip(Self.innerBrows, [-20.0, -25, 20, 25]) { landmarks[index] = SIMD3(x, 5 - inner, 0) }
    for (index, x) in zip(Self.browPeaks, [-50.0, -70, 50, 70]) { landmarks[index] = SIMD3(x, 5 - peak, 0) }
    return landmarks
  }

  private func units(_ landmarks: [SIMD3<Double>], browInnerUp: Float = 0) throws -> ActionUnitValues {
    var shapes = [Float](repeating: 0, count: BlendshapeNetwork.names.count)
    shapes[try #require(BlendshapeNetwork.names.firstIndex(of: "browInnerUp"))] = browInnerUp
    return BlendshapeMapping.intensities(blendshapes: shapes, landmarks: landmarks)
  }

  @Test func heightsAreSharesOfTheNosesLength() {
    let geometry = MeshGeometry(face(inner: 35, peak: 48))
    #expect(abs(geometry.innerBrowHeight - 0.35) < 1e-12)
    #expect(abs(geometry.browPeakHeight - 0.48) < 1e-12)
  }

  @Test func theLowestBrowsAreZeroAndTheHighestFive() throws {
    let low = try units(face(inner: 27, peak: 40))
    #expect(abs(low[.au01]) < 1e-5)
    #expect(abs(low[.au02]) < 1e-5)
    let lower = try units(face(inner: 20, peak: 30))
    #expect(lower[.au01] == 0)
    #expect(lower[.au02] == 0)
    let high = try units(face(inner: 70, peak: 80))
    #expect(high[.au01] == 5)
    #expect(high[.au02] == 5)
  }

  @Test func browsAtTheMeanHeightAreNotPresentAndRaisedOnesAre() throws {
    let rest = try units(face(inner: 35, peak: 48))
    #expect(BlendshapeMapping.presences(of: rest)[.au01] == 0)
    #expect(BlendshapeMapping.presences(of: rest)[.au02] == 0)
    let raised = try units(face(inner: 49, peak: 62))
    #expect(BlendshapeMapping.presences(of: raised)[.au01] == 1)
    #expect(BlendshapeMapping.presences(of: raised)[.au02] == 1)
  }

  @Test func theBlendshapeAddsToAU1AQuarterOfItsScale() throws {
    let without = try units(face(inner: 30, peak: 40))
    let with = try units(face(inner: 30, peak: 40), browInnerUp: 0.8)
    #expect(abs(with[.au01] - without[.au01] - 1) < 1e-5)
    #expect(with[.au02] == without[.au02])
  }

  @Test func aTurnedAndScaledFaceHasTheSameValues() throws {
    let upright = face(inner: 40, peak: 55)
    let (sine, cosine) = (sin(0.4) * 1.7, cos(0.4) * 1.7)
    let turned = upright.map { SIMD3($0.x * cosine - $0.y * sine + 300, $0.x * sine + $0.y * cosine + 200, $0.z) }
    let (a, b) = (try units(upright), try units(turned))
    #expect(abs(a[.au01] - b[.au01]) < 1e-4)
    #expect(abs(a[.au02] - b[.au02]) < 1e-4)
  }

  /// A midline that is off makes a mirrored face wider or narrower.
  @Test func aWiderFaceHasTheSameValues() throws {
    let narrow = face(inner: 40, peak: 55)
    let (a, b) = (try units(narrow), try units(narrow.map { SIMD3($0.x * 1.05, $0.y, $0.z) }))
    #expect(abs(a[.au01] - b[.au01]) < 1e-4)
    #expect(abs(a[.au02] - b[.au02]) < 1e-4)
  }

  @Test func pointsInOnePlaceGiveZero() throws {
    let units = try units([SIMD3<Double>](repeating: .zero, count: FaceMesh.pointCount))
    #expect(units[.au01] == 0)
    #expect(units[.au02] == 0)
  }
}
