import FaceNetworks
import Foundation
import Imaging
import Inference
import ModelConversion
import TestSupport
import Testing

/// With a narrow network of random weights, which `ModelConversionTests` compares with PyTorch.
@Suite(.enabled(if: (try? InferenceRuntime.load()) != nil, "ONNX Runtime is not installed")) struct MultitaskNetworkTests {
  private static let model: [UInt8] = {
    let file = PackageLocation.root.appending(path: "Tests/ModelConversionTests/Fixtures/Checkpoint/multitask.pth")
    return (try? CheckpointConverter.convert([UInt8](Data(contentsOf: file)), as: .multitask)) ?? []
  }()

  private func session(_ model: [UInt8], batch: Int? = nil) throws -> InferenceSession {
    try InferenceSession(
      model: model, name: "narrow", runtime: .load(),
      configuration: SessionConfiguration(providers: [.cpu], dimensions: batch.map { ["batch": $0] } ?? [:]))
  }

  private func whole() throws -> MultitaskNetwork { .whole(try WholeMultitaskNetwork(session: session(Self.model))) }

  private func divided(batches: (backbone: Int?, head: Int?)) throws -> MultitaskNetwork {
    let parts = try #require(try DividedModel(Self.model, outputs: ["au"]))
    return .divided(
      try DividedMultitaskNetwork(
        backbone: session(parts.backbone, batch: batches.backbone), head: session(parts.head, batch: batches.head)))
  }

  /// Three faces with different pixels, and a box that lies outside the image as the second.
  private var faces: [(image: YUVImage, box: FaceBox)] {
    let canvas = YUVCanvas(width: 64, height: 48, colour: YUVColour())
    for y in 0..<48 {
      for x in 0..<64 { canvas.y[x, y] = UInt8(16 + (x * x + 3 * y * y) % 220) }
    }
    for plane in [canvas.u, canvas.v] {
      for y in 0..<24 {
        for x in 0..<32 { plane[x, y] = UInt8(64 + (5 * x + y) % 128) }
      }
    }
    let image = canvas.finish()
    return [(0.0, 20.0), (100, 20), (10, 30), (22, 40)].map { start, side in
      (image: image, box: FaceBox(minX: start, minY: 2, maxX: start + side, maxY: 2 + side))
    }
  }

  @Test func aBoxOutsideTheImageHasNoResult() throws {
    for network in [try whole(), try divided(batches: (nil, nil))] {
      #expect(try network.run(on: faces).map { $0 == nil } == [false, true, false, false])
    }
  }

  @Test(arguments: [nil, 2, 8]) func theDividedNetworkGivesTheSameActionUnits(_ batch: Int?) throws {
    let expected = try whole().run(on: faces).map { $0?.actionUnits ?? [] }
    #expect(Set(expected).count == 4)
    let results = try divided(batches: (2, batch)).run(on: faces).map { $0?.actionUnits ?? [] }
    for (units, other) in zip(results, expected) {
      #expect(units.count == other.count)
      // Kernels add in another order for another batch.
      #expect(zip(units, other).allSatisfy { abs($0 - $1) < 1e-5 })
    }
  }

  @Test func emotionAndGazeAreGivenOnRequest() throws {
    let plain = try #require(try whole().run(on: faces)[0])
    #expect(plain.emotion == nil)
    #expect(plain.gaze == nil)
    let full = try #require(try whole().run(on: faces, extras: true)[0])
    #expect(full.actionUnits == plain.actionUnits)
    #expect(full.emotion?.count == Emotion.allCases.count)
    #expect(full.gaze != nil)
  }

  @Test func aDividedNetworkHasNeitherEmotionNorGaze() throws {
    let result = try #require(try divided(batches: (nil, nil)).run(on: faces, extras: true)[0])
    #expect(result.emotion == nil)
    #expect(result.gaze == nil)
  }

  @Test func anotherNetworkIsRefusedWithItsInputsAndOutputs() throws {
    let parts = try #require(try DividedModel(Self.model, outputs: ["au"]))
    let (backbone, head) = (try session(parts.backbone), try session(parts.head))
    let error = #expect(throws: FaceNetworkError.self) { try WholeMultitaskNetwork(session: head) }
    #expect(error?.code == .wrongModel)
    #expect(error?.message.hasPrefix("narrow is not OpenFace 3.0's multitask network: its input is \(head.inputs[0])") == true)
    #expect(throws: FaceNetworkError.self) { try DividedMultitaskNetwork(backbone: head, head: backbone) }
    #expect(throws: FaceNetworkError.self) { try DividedMultitaskNetwork(backbone: backbone, head: backbone) }
    #expect(throws: FaceNetworkError.self) { try StarLandmarker(session: head) }
  }
}
