import FaceNetworks
import Foundation
import Testing

@Suite("Detector decoding")
struct DetectorDecoderTests {
  static let window = FaceRegion(centre: SIMD2(320, 180), width: 640, height: 640, rotation: 0)

  /// Decodes outputs in which only the given anchors have a score.
  static func decode(_ answers: [(anchor: Int, logit: Float, values: [Float])]) -> [DetectedFace] {
    var regressors = [Float](repeating: 0, count: DetectorDecoder.anchorCount * 16)
    var scores = [Float](repeating: -50, count: DetectorDecoder.anchorCount)
    for answer in answers {
      scores[answer.anchor] = answer.logit
      for (k, value) in answer.values.enumerated() { regressors[answer.anchor * 16 + k] = value }
    }
    return regressors.withUnsafeBufferPointer { r in
      scores.withUnsafeBufferPointer { s in DetectorDecoder.decode(regressors: r, scores: s, window: window) }
    }
  }

  @Test("The anchors are 16×16 cells with two each, then 8×8 cells with six, row by row")
  func anchors() {
    let anchors = DetectorDecoder.anchors
    #expect(anchors.count == 896)
    #expect(anchors[0] == SIMD2(0.5, 0.5) / 16)
    #expect(anchors[1] == anchors[0])
    #expect(anchors[2] == SIMD2(1.5, 0.5) / 16)
    #expect(anchors[32] == SIMD2(0.5, 1.5) / 16)
    #expect(anchors[512] == SIMD2(0.5, 0.5) / 8)
    #expect(anchors[517] == anchors[512])
    #expect(anchors[518] == SIMD2(1.5, 0.5) / 8)
    #expect(anchors[895] == SIMD2(7.5, 7.5) / 8)
  }

  @Test("A box has the position that it has in the letterboxed image")
  func box() throws {
    // Anchor 512 + (4·8 + 4)·6: centre (4.5/8, 4.5/8) of a 640 square that starts at (0, −140).
    let values: [Float] = [-8, 0, 32, 16, -12.8, -6.4, 12.8, -6.4] + [Float](repeating: 0, count: 8)
    let face = try #require(Self.decode([(512 + 36 * 6, 3, values)]).first)
    #expect(abs(face.centre.x - 320) < 1e-6)
    #expect(abs(face.centre.y - 220) < 1e-6)
    #expect(abs(face.width - 160) < 1e-6)
    #expect(abs(face.height - 80) < 1e-6)
    #expect(abs(face.score - 1 / (1 + exp(-3))) < 1e-9)
    #expect(abs(face.keypoints[0].x - (360 - 64)) < 1e-4)
    #expect(abs(face.keypoints[1].x - (360 + 64)) < 1e-4)
    #expect(abs(face.region.width - 240) < 1e-6)
    #expect(abs(face.region.height - 120) < 1e-6)
    #expect(face.region.rotation == 0)
  }

  @Test("Overlapping boxes become their score-weighted mean with the best score; others are kept, best score first")
  func suppression() throws {
    let box: [Float] = [0, 0, 32, 32] + [Float](repeating: 0, count: 12)
    let moved: [Float] = [4, 0, 32, 32] + [Float](repeating: 0, count: 12)
    let faces = Self.decode([(512, 0.5, box), (600, 1, moved), (601, 2, box)])
    #expect(faces.count == 2)
    let (a, b) = (1 / (1 + exp(-2.0)), 1 / (1 + exp(-1.0)))
    let anchor = DetectorDecoder.anchors[600].x * 640
    #expect(abs(faces[0].score - a) < 1e-6)
    #expect(abs(faces[0].centre.x - (anchor + 20 * b / (a + b))) < 1e-4)
    #expect(abs(faces[1].centre.x - 40) < 1e-4)
  }

  @Test("Low scores, negative sizes and scores that are not numbers are not decoded as faces")
  func refused() {
    let box: [Float] = [0, 0, 32, 32] + [Float](repeating: 0, count: 12)
    #expect(Self.decode([(0, -0.01, box)]).isEmpty)
    #expect(Self.decode([(0, 5, [0, 0, -1, 32] + box.dropFirst(4))]).isEmpty)
    #expect(Self.decode([(0, .nan, box)]).isEmpty)
    #expect(Self.decode([(0, 1e9, box)]).count == 1)
  }
}
