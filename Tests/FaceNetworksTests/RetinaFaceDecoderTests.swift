import FaceNetworks
import Foundation
import Inference
import Testing

struct RetinaFaceDecoderTests {
  private typealias Detection = RetinaFaceDetector.Detection

  @Test func priorsCoverThreeGridsWithRoundedUpSizes() {
    #expect(RetinaFaceDecoder(width: 320, height: 320).priorCount == 2 * (40 * 40 + 20 * 20 + 10 * 10))
    #expect(RetinaFaceDecoder(width: 101, height: 75).priorCount == 2 * (13 * 10 + 7 * 5 + 4 * 3))
  }

  private func decode(_ width: Int, _ height: Int, prior: Int, location: [Float], score: Float) throws -> [RetinaFaceDetector.Detection] {
    let decoder = RetinaFaceDecoder(width: width, height: height)
    var locations = [Float](repeating: 0, count: decoder.priorCount * 4)
    var scores = [Float](repeating: 0, count: decoder.priorCount * 2)
    locations.replaceSubrange(prior * 4..<prior * 4 + 4, with: location)
    scores[prior * 2 + 1] = score
    return try decoder.decode(
      locations: Tensor(shape: [1, decoder.priorCount, 4], scalars: locations),
      scores: Tensor(shape: [1, decoder.priorCount, 2], scalars: scores), above: 0.5, network: "test")
  }

  @Test func aBoxWithoutOffsetIsItsPrior() throws {
    // A 64×32 image has 8×4 cells of 8 pixels with 2 priors each. This is the larger prior of the third cell in the second row.
    let found = try decode(64, 32, prior: (1 * 8 + 2) * 2 + 1, location: [0, 0, 0, 0], score: 0.75)
    #expect(found == [Detection(box: FaceBox(minX: 20 - 16, minY: 12 - 16, maxX: 20 + 16, maxY: 12 + 16), score: 0.75)])
  }

  @Test func offsetsAreScaledByTheirVariances() throws {
    // The coarsest grid of a 64×32 image begins after 64 and 16 priors. This is the prior of 256 pixels of its second cell.
    let found = try decode(64, 32, prior: 64 + 16 + 2, location: [0.5, -0.25, 1, -2], score: 0.9)
    let box = try #require(found.first).box
    #expect(abs(box.centre.x - (48 + 0.5 * 0.1 * 256)) < 1e-9)
    #expect(abs(box.centre.y - (16 - 0.25 * 0.1 * 256)) < 1e-9)
    #expect(abs(box.width - 256 * exp(0.2)) < 1e-6)
    #expect(abs(box.height - 256 * exp(-0.4)) < 1e-6)
  }

  @Test func aScoreThatDoesNotExceedTheThresholdIsNotDecoded() throws {
    #expect(try decode(64, 32, prior: 3, location: [0, 0, 0, 0], score: 0.5).isEmpty)
  }

  /// Such outputs come from a model that has RetinaFace's inputs and outputs but is not trained.
  @Test(arguments: [[Float.nan, 0, 0, 0], [0, -Float.infinity, 0, 0], [0, 0, 1000, 0], [0, 0, 0, Float.greatestFiniteMagnitude]])
  func boxesThatAreNotFiniteAreDropped(_ location: [Float]) throws {
    #expect(try decode(64, 32, prior: 3, location: location, score: 0.9).isEmpty)
    #expect(try decode(64, 32, prior: 3, location: [0, 0, 0, 0], score: .infinity).isEmpty)
  }

  @Test func outputsForAnImageOfAnotherSizeAreRefused() {
    let tensor = Tensor(shape: [1, 1, 4], scalars: [0, 0, 0, 0])
    #expect(throws: FaceNetworkError.self) {
      _ = try RetinaFaceDecoder(width: 64, height: 32).decode(locations: tensor, scores: tensor, above: 0.5, network: "test")
    }
  }

  @Test func overlappingBoxesAreSuppressedByTheBoxWithTheHighestScore() {
    func at(_ x: Double, _ score: Double) -> Detection {
      Detection(box: FaceBox(minX: x, minY: 0, maxX: x + 10, maxY: 10), score: score)
    }
    // Shifted by 4 of 10 the overlap is 6/14 = 0.43, by 5 it is 1/3.
    #expect(RetinaFaceDecoder.suppress([at(0, 0.6), at(4, 0.9)]) == [at(4, 0.9)])
    #expect(RetinaFaceDecoder.suppress([at(0, 0.6), at(5, 0.9)]) == [at(5, 0.9), at(0, 0.6)])
    // A suppressed box does not suppress others.
    #expect(RetinaFaceDecoder.suppress([at(0, 0.9), at(4, 0.8), at(8, 0.7)]) == [at(0, 0.9), at(8, 0.7)])
    #expect(RetinaFaceDecoder.suppress([]).isEmpty)
  }
}
