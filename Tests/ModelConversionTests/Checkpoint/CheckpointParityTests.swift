import Inference
import ModelConversion
import Testing

@Suite(.enabled(if: Engine.runtime != nil, "ONNX Runtime is not installed: make setup"))
struct CheckpointParityTests {
  /// The tolerance that was specified for the conversion (issue "OpenFace 3.0 in Swift"), for outputs of order 1.
  private let tolerance: Float = 1e-4

  private func largestDifference(_ values: [Float], _ expected: [Float]) -> Float {
    guard values.count == expected.count else { return .infinity }
    return zip(values, expected).reduce(0) { largest, pair in
      let difference = abs(pair.0 - pair.1)
      return difference.isNaN ? .infinity : max(largest, difference)
    }
  }

  @Test(arguments: CheckpointFixture.networks)
  func aConvertedNetworkGivesPyTorchsResults(_ network: CheckpointFixture.Network) throws {
    let model = try CheckpointConverter.convert(try CheckpointFixture.bytes(network.file), as: network.architecture)
    let session = try Engine.session(model)
    #expect(session.inputs.map(\.name) == ["image"])
    #expect(Set(session.outputs.map(\.name)) == Set(network.outputs))
    let input = try CheckpointFixture.input(network)
    let results = try session.run([("image", Tensor(shape: input.shape, scalars: input.values))], outputs: network.outputs)
    for (output, result) in zip(network.outputs, results) {
      let expected = try CheckpointFixture.array("\(network.architecture.rawValue).\(output).npy")
      #expect(result.shape == expected.shape)
      #expect(largestDifference(result.scalars, expected.values) < tolerance, "\(output)")
    }
  }

  @Test(arguments: CheckpointFixture.networks)
  func aResultDoesNotDependOnTheRestOfTheBatch(_ network: CheckpointFixture.Network) throws {
    let model = try CheckpointConverter.convert(try CheckpointFixture.bytes(network.file), as: network.architecture)
    let session = try Engine.session(model)
    let input = try CheckpointFixture.input(network)
    let size = input.values.count / input.shape[0]
    let first = Array(input.values.prefix(size))
    let shape = Array(input.shape.dropFirst())
    let alone = try session.run([("image", Tensor(shape: [1] + shape, scalars: first))], outputs: network.outputs)
    let others = first.map { 0.5 - $0 } + first.reversed()
    let together = try session.run([("image", Tensor(shape: [3] + shape, scalars: first + others))], outputs: network.outputs)
    for (one, three) in zip(alone, together) {
      #expect(three.shape == [3] + one.shape.dropFirst())
      #expect(largestDifference(Array(three.scalars.prefix(one.count)), one.scalars) < 1e-5)
    }
  }

  @Test func theActionUnitBranchAloneGivesTheSameResults() throws {
    let checkpoint = try CheckpointFixture.bytes("multitask.pth")
    let model = try CheckpointConverter.convert(checkpoint, as: .multitask, actionUnitsOnly: true)
    #expect(model.count < (try CheckpointConverter.convert(checkpoint, as: .multitask)).count)
    let session = try Engine.session(model)
    #expect(session.outputs.map(\.name) == ["au"])
    let input = try CheckpointFixture.input(CheckpointFixture.networks[1])
    let results = try session.run([("image", Tensor(shape: input.shape, scalars: input.values))], outputs: ["au"])
    #expect(largestDifference(results[0].scalars, try CheckpointFixture.array("multitask.au.npy").values) < tolerance)
  }

  @Test func theDividedMultitaskNetworkGivesTheSameResults() throws {
    let model = try CheckpointConverter.convert(try CheckpointFixture.bytes("multitask.pth"), as: .multitask)
    let parts = try #require(try DividedModel(model, outputs: ["au"]))
    let (backbone, head) = (try Engine.session(parts.backbone), try Engine.session(parts.head))
    #expect(backbone.outputs.map(\.name) == head.inputs.map(\.name))
    #expect(head.outputs.map(\.name) == ["au"])
    let input = try CheckpointFixture.input(CheckpointFixture.networks[1])
    let tensor = Tensor(shape: input.shape, scalars: input.values)
    let features = try backbone.run([("image", tensor)], outputs: backbone.outputs.map(\.name))[0]
    #expect(features.shape.count == 2)
    #expect(features.shape[0] == input.shape[0])
    #expect(features.shape[1] == head.inputs[0].shape[1])
    let units = try head.run([(head.inputs[0].name, features)], outputs: ["au"])[0]
    let whole = try Engine.session(model).run([("image", tensor)], outputs: ["au"])[0]
    #expect(largestDifference(units.scalars, whole.scalars) < 1e-6)
    // A network without pooled features, or without the output, cannot be divided.
    let star = try CheckpointConverter.convert(try CheckpointFixture.bytes("star.pkl"), as: .star)
    #expect(try DividedModel(star, outputs: ["landmarks"]) == nil)
    #expect(try DividedModel(model, outputs: ["units"]) == nil)
    #expect(throws: ConversionError.self) { try DividedModel([0x3A, 0xFF], outputs: ["au"]) }
  }

  /// The results of the other grids are the same, bit by bit.
  @Test func retinaFaceWithoutItsFinestGridGivesTheSameResults() throws {
    let model = try CheckpointConverter.convert(try CheckpointFixture.bytes("retinaface.pth"), as: .retinaface)
    let part = try #require(try PrunedModel.withoutFinestGrid(of: model, outputs: ["loc", "conf"], grids: 3))
    #expect(part.count < model.count)
    let session = try Engine.session(part)
    #expect(Set(session.outputs.map(\.name)) == ["loc", "conf"])
    let input = try CheckpointFixture.input(CheckpointFixture.networks[0])
    let tensor = Tensor(shape: input.shape, scalars: input.values)
    let whole = try Engine.session(model).run([("image", tensor)], outputs: ["loc", "conf"])
    let rest = try session.run([("image", tensor)], outputs: ["loc", "conf"])
    let cells = [16, 32].reduce(0) { $0 + (input.shape[2] + $1 - 1) / $1 * ((input.shape[3] + $1 - 1) / $1) }
    #expect(rest[0].shape == [input.shape[0], 2 * cells, 4])
    for (whole, rest) in zip(whole, rest) where input.shape[0] == 1 {
      #expect(Array(whole.scalars.suffix(rest.count)) == rest.scalars)
    }
    #expect(try PrunedModel.withoutFinestGrid(of: model, outputs: ["loc", "conf"], grids: 2) == nil)
    #expect(try PrunedModel.withoutFinestGrid(of: model, outputs: ["boxes"], grids: 3) == nil)
  }

  @Test func retinaFaceAcceptsImagesOfAnySize() throws {
    let session = try Engine.session(try CheckpointConverter.convert(try CheckpointFixture.bytes("retinaface.pth"), as: .retinaface))
    for (height, width) in [(32, 32), (33, 31), (100, 57), (128, 200)] {
      let tensor = Tensor(shape: [1, 3, height, width]) { values in for index in values.indices { values[index] = Float(index % 97) - 48 } }
      let results = try session.run([("image", tensor)], outputs: ["loc", "conf"])
      let cells = [8, 16, 32].reduce(0) { $0 + (height + $1 - 1) / $1 * ((width + $1 - 1) / $1) }
      #expect(results[0].shape == [1, 2 * cells, 4])
      let scores = results[1].scalars
      #expect(stride(from: 0, to: scores.count, by: 2).allSatisfy { abs(scores[$0] + scores[$0 + 1] - 1) < 1e-5 })
    }
  }
}
