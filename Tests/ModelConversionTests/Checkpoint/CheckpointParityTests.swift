import Inference
import ModelConversion
import Testing

/// The machine's ONNX Runtime, or why there is none.
private let runtime: Result<InferenceRuntime, InferenceError> = {
  do throws(InferenceError) { return .success(try InferenceRuntime.load()) } catch { return .failure(error) }
}()

@Suite(.enabled(if: (try? runtime.get()) != nil, "no ONNX Runtime on this machine"))
struct CheckpointParityTests {
  /// The specification's tolerance (issue "OpenFace 3.0 in Swift", shows 1), on outputs of order 1.
  private let tolerance: Float = 1e-4

  private func session(_ model: [UInt8]) throws -> InferenceSession {
    try InferenceSession(
      model: model, name: "converted", runtime: try runtime.get(), configuration: SessionConfiguration(providers: [.cpu]))
  }

  private func largestDifference(_ values: [Float], _ expected: [Float]) -> Float {
    guard values.count == expected.count else { return .infinity }
    return zip(values, expected).reduce(0) { largest, pair in
      let difference = abs(pair.0 - pair.1)
      return difference.isNaN ? .infinity : max(largest, difference)
    }
  }

  @Test(arguments: CheckpointFixture.networks)
  func aConvertedNetworkComputesWhatPyTorchDoes(_ network: CheckpointFixture.Network) throws {
    let model = try CheckpointConverter.convert(try CheckpointFixture.bytes(network.file), as: network.architecture)
    let session = try session(model)
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
  func whatElseIsInTheBatchChangesNothing(_ network: CheckpointFixture.Network) throws {
    let model = try CheckpointConverter.convert(try CheckpointFixture.bytes(network.file), as: network.architecture)
    let session = try session(model)
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

  @Test func actionUnitsAloneAreTheSameActionUnits() throws {
    let checkpoint = try CheckpointFixture.bytes("multitask.pth")
    let model = try CheckpointConverter.convert(checkpoint, as: .multitask, actionUnitsOnly: true)
    #expect(model.count < (try CheckpointConverter.convert(checkpoint, as: .multitask)).count)
    let session = try session(model)
    #expect(session.outputs.map(\.name) == ["au"])
    let input = try CheckpointFixture.input(CheckpointFixture.networks[1])
    let results = try session.run([("image", Tensor(shape: input.shape, scalars: input.values))], outputs: ["au"])
    #expect(largestDifference(results[0].scalars, try CheckpointFixture.array("multitask.au.npy").values) < tolerance)
  }

  @Test func retinaFaceTakesAnySize() throws {
    let session = try session(try CheckpointConverter.convert(try CheckpointFixture.bytes("retinaface.pth"), as: .retinaface))
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
