import Inference
import ModelConversion
import Testing

@Suite struct PrunedModelTests {
  /// A network with two branches after one layer.
  private static let model: [UInt8] = {
    var graph = ONNXGraph(name: "branches")
    let input = graph.input("x", shape: [.batch, 2])
    graph.add("Relu", [input], output: "common")
    graph.add("Add", ["common", graph.constant([1, 2], shape: [2])], output: "first")
    graph.add("Mul", ["common", graph.constant([3, 5], shape: [2])], output: "second")
    graph.output("first", shape: [.batch, 2])
    graph.output("second", shape: [.batch, 2])
    return graph.serialized(producerVersion: "1", metadata: [:])
  }()

  @Test func aModelThatCannotBePrunedGivesNil() throws {
    #expect(try PrunedModel.keeping(["first", "second"], of: Self.model) == nil)
    #expect(try PrunedModel.keeping(["third"], of: Self.model) == nil)
    #expect(throws: ConversionError.self) { try PrunedModel.keeping(["first"], of: [0x3A, 0xFF]) }
  }

  @Test(.enabled(if: Engine.runtime != nil, "ONNX Runtime is not installed: make setup"))
  func theRemainingPartGivesTheSameResult() throws {
    let part = try #require(try PrunedModel.keeping(["second"], of: Self.model))
    let text = String(decoding: part, as: UTF8.self)
    #expect(text.contains("Mul"))
    #expect(!text.contains("Add"))
    let session = try Engine.session(part)
    #expect(session.outputs.map(\.name) == ["second"])
    let input = Tensor(shape: [1, 2], scalars: [-1, 4])
    #expect(try session.run([("x", input)], outputs: ["second"])[0].scalars == [0, 20])
  }

  /// A sample of the inputs that libFuzzer kept (Fuzz/run.sh). Each gives a part or an error.
  @Test func theFuzzersCorpusNeverTraps() throws {
    let corpus = try Fixture.files(in: "FuzzONNX")
    #expect(corpus.count > 20)
    for file in corpus {
      for outputs in [["y"], ["y", "z"], ["z"]] as [Set<String>] {
        _ = try? PrunedModel.keeping(outputs, of: file)
        _ = try? PrunedModel.withoutFinestGrid(of: file, outputs: outputs, grids: 2)
        _ = try? DividedModel(file, outputs: outputs)
      }
      _ = try? SeparatedWeights(file, location: "weights", smallestPiece: 1, smallestTotal: 1)
    }
  }

  @Test func theNameOfTheBatchDimensionIsFound() throws {
    #expect(try ONNXInputDimensions.batchName(of: Self.model) == "batch")
    var graph = ONNXGraph(name: "fixed")
    let input = graph.input("x", shape: [.fixed(3), 2])
    graph.add("Relu", [input], output: "y")
    graph.output("y", shape: [.fixed(3), 2])
    #expect(try ONNXInputDimensions.batchName(of: graph.serialized(producerVersion: "1", metadata: [:])) == nil)
  }
}
