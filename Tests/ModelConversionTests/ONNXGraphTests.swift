import Inference
import ModelConversion
import Testing

struct ONNXGraphTests {
  /// ONNX Runtime reads what was built: names, shapes, constants, attributes and a variable batch size.
  @Test(.enabled(if: Engine.runtime != nil, "ONNX Runtime is not installed: make setup"))
  func aBuiltGraphCanBeRun() throws {
    var graph = ONNXGraph(name: "example")
    let points = graph.input("points", shape: [.batch, 2])
    let matrix = graph.constant([1, 2, 3, 4, 5, 6], shape: [2, 3])
    let product = graph.add("Gemm", [points, matrix], ["alpha": .float(2), "transA": .int(0)])
    graph.add("Reshape", [product, graph.constant(int64: [-1, 3, 1])], output: "answer")
    graph.output("answer", shape: [.batch, 3, 1])
    let session = try Engine.session(graph.serialized(producerVersion: "1", metadata: ["source": "a test"]))
    #expect(session.inputs.map(\.name) == ["points"])
    #expect(session.outputs.map(\.shape) == [[nil, 3, 1]])
    let input = Tensor(shape: [2, 2]) { buffer in _ = buffer.update(fromContentsOf: [1, 0, 1, 1]) }
    let answer = try #require(try session.run([("points", input)], outputs: ["answer"]).first)
    #expect(answer.shape == [2, 3, 1])
    #expect(answer.scalars == [2, 4, 6, 10, 14, 18])
  }

  @Test func theSameGraphGivesTheSameBytes() {
    func bytes() -> [UInt8] {
      var graph = ONNXGraph(name: "example")
      let input = graph.input("x", shape: [.batch, 4])
      graph.add("Conv", [input], ["b": .int(1), "a": .ints([1, -2]), "c": .string("three")], output: "y")
      graph.output("y", shape: [.batch, 4])
      return graph.serialized(producerVersion: "1", metadata: ["b": "2", "a": "1", "c": "3"])
    }
    #expect(bytes() == bytes())
  }
}

/// ONNX Runtime on the CPU, if it is installed.
enum Engine {
  static let runtime: InferenceRuntime? = try? InferenceRuntime.load()

  static func session(_ model: [UInt8]) throws -> InferenceSession {
    try InferenceSession(
      model: model, name: "converted", runtime: try #require(runtime),
      configuration: SessionConfiguration(providers: [.cpu], threads: 1))
  }
}
