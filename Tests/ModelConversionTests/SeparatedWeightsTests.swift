import Foundation
import Inference
import ModelConversion
import TestSupport
import Testing

@Suite struct SeparatedWeightsTests {
  /// A network of one layer of 1024×1200 weights (4.9 MB) and a small bias.
  private static let model: [UInt8] = {
    var graph = ONNXGraph(name: "large")
    let input = graph.input("x", shape: [.batch, 1024])
    let weights = graph.constant((0..<1024 * 1200).map { Float($0 % 251) / 251 - 0.5 }, shape: [1024, 1200])
    let bias = graph.constant((0..<1200).map { Float($0) / 1200 }, shape: [1200])
    graph.add("Gemm", [input, weights, bias], output: "y")
    graph.output("y", shape: [.batch, 1200])
    return graph.serialized(producerVersion: "1", metadata: ["source": "a test"])
  }()

  @Test func onlyLargeConstantsAreMoved() throws {
    let weights = try #require(try SeparatedWeights(Self.model, location: "large.data"))
    let piece = try #require(weights.pieces.first)
    #expect(weights.pieces.count == 1)
    #expect(piece.offset % 4096 == 0)
    #expect(piece.source.count == 4 * 1024 * 1200)
    #expect(weights.model.count < 10_000)
    // The bytes before the first changed tensor are the same.
    let common = zip(weights.model, Self.model).prefix { $0 == $1 }.count
    #expect(common > 0)
    #expect(String(decoding: weights.model, as: UTF8.self).contains("large.data"))
    // A model whose constants are in another file already is not changed.
    #expect(try SeparatedWeights(weights.model, location: "again.data") == nil)
  }

  @Test func smallModelsAreNotSeparated() throws {
    var graph = ONNXGraph(name: "small")
    let input = graph.input("x", shape: [.batch, 256])
    graph.add("MatMul", [input, graph.constant([Float](repeating: 1, count: 256 * 256), shape: [256, 256])], output: "y")
    graph.output("y", shape: [.batch, 256])
    #expect(try SeparatedWeights(graph.serialized(producerVersion: "1", metadata: [:]), location: "small.data") == nil)
  }

  @Test(.enabled(if: Engine.runtime != nil, "ONNX Runtime is not installed: make setup"))
  func theResultsAreTheSame() throws {
    let folder = try TemporaryDirectory()
    let weights = try #require(try SeparatedWeights(Self.model, location: "large.data"))
    try Data(weights.model).write(to: folder.file("large.onnx"))
    var data = Data()
    for piece in weights.pieces {
      data.append(Data(count: piece.offset - data.count))
      data.append(contentsOf: Self.model[piece.source])
    }
    try data.write(to: folder.file("large.data"))
    let separated = try InferenceSession(
      modelPath: folder.file("large.onnx").path, runtime: try #require(Engine.runtime),
      configuration: SessionConfiguration(providers: [.cpu]))
    let whole = try Engine.session(Self.model)
    let input = Tensor(shape: [2, 1024]) { buffer in
      for index in buffer.indices { buffer[index] = Float(index % 17) / 17 }
    }
    let results = try [whole, separated].map { try $0.run([("x", input)], outputs: ["y"])[0].scalars }
    #expect(results[0] == results[1])
    #expect(Set(results[0]).count > 100)
  }

  /// A truncated or changed file is refused, or every piece is within it.
  @Test func aDamagedFileNeverTraps() throws {
    for length in stride(from: Self.model.count - 1, through: 4 << 20, by: -50_021) {
      #expect(throws: ConversionError.self) { try SeparatedWeights(Array(Self.model.prefix(length)), location: "d") }
    }
    var number = SystemRandomNumberGenerator()
    for _ in 0..<60 {
      var damaged = Self.model
      // The interesting bytes are those around the weights: tags and lengths.
      for _ in 0..<3 {
        damaged[Bool.random(using: &number) ? .random(in: 0..<120) : .random(in: damaged.count - 400..<damaged.count)] = .random(
          in: 0...255)
      }
      guard let weights = try? SeparatedWeights(damaged, location: "d") else { continue }
      for piece in weights.pieces {
        #expect(piece.source.lowerBound >= 0)
        #expect(piece.source.upperBound <= damaged.count)
      }
    }
  }
}
