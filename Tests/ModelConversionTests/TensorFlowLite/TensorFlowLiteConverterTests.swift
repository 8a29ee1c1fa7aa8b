import Foundation
import Inference
import ModelConversion
import Testing

/// Compares converted networks with TensorFlow Lite's own interpreter (ai-edge-litert 2.1.3), whose results for the inputs made here are in
/// `reference.json`.
///
/// `picture` and `tokens` are small networks with every operator that can be converted (Tools/parity/face-landmarker/fixtures.py).
struct TensorFlowLiteConverterTests {
  struct Sampled: Decodable {
    let step: Int
    let values: [Float]
  }

  /// The network, the shape of its input without the batch, and the tolerance for its outputs.
  ///
  /// The sums are the same as in TensorFlow Lite, but in another order, through up to 106 convolutions. For this input, a pattern without a
  /// face, TensorFlow Lite's two sets of kernels differ from each other by 1.5·10⁻³ px in the mesh; on faces our results differ from theirs by
  /// 2·10⁻⁴ (Tools/parity).
  static let tiny: [(String, [Int], Float)] = [("picture", [3, 7, 9], 1e-6), ("tokens", [6, 2], 1e-6)]
  static let real: [(String, [Int], Float)] = [
    ("face_detector", [3, 128, 128], 4e-4), ("face_landmarks_detector", [3, 256, 256], 4e-3), ("face_blendshapes", [146, 2], 1e-4),
  ]

  @Test(.enabled(if: Engine.runtime != nil, "ONNX Runtime is not installed: make setup"), arguments: tiny)
  func smallNetworksGiveTensorFlowLitesResults(name: String, shape: [Int], tolerance: Float) throws {
    try compare(try Fixture.bytes("TensorFlowLite/\(name).tflite"), name, shape, tolerance)
  }

  @Test(.enabled(if: Engine.runtime != nil, "ONNX Runtime is not installed: make setup"))
  func anExpandedParametricReluGivesTheSameResult() throws {
    let network = try Fixture.bytes("TensorFlowLite/picture.tflite")
    let whole = try TensorFlowLiteConverter.convert(network, name: "picture", metadata: [:])
    let expanded = try TensorFlowLiteConverter.convert(network, name: "picture", metadata: [:], expandedReluSize: 0)
    func names(_ model: [UInt8], _ function: String) -> Bool { String(decoding: model, as: UTF8.self).contains(function) }
    #expect(names(whole, "PRelu"))
    #expect(!names(expanded, "PRelu"))
    try compare(converted: expanded, "picture", [3, 7, 9], 1e-6)
  }

  @Test(
    .enabled(if: Engine.runtime != nil && Fixture.faceLandmarker != nil, "the face landmarker is not installed: make setup"),
    arguments: real)
  func theFaceLandmarkerGivesTensorFlowLitesResults(name: String, shape: [Int], tolerance: Float) throws {
    let bundle = try ZipArchive([UInt8](try Data(contentsOf: try #require(Fixture.faceLandmarker))))
    try compare(try bundle.contents(of: "\(name).tflite"), name, shape, tolerance)
  }

  private func compare(_ network: [UInt8], _ name: String, _ shape: [Int], _ tolerance: Float) throws {
    try compare(converted: try TensorFlowLiteConverter.convert(network, name: name, metadata: [:]), name, shape, tolerance)
  }

  private func compare(converted model: [UInt8], _ name: String, _ shape: [Int], _ tolerance: Float) throws {
    let all = try JSONDecoder().decode([String: Sampled].self, from: Data(try Fixture.bytes("TensorFlowLite/reference.json")))
    let session = try Engine.session(model)
    let outputs = session.outputs.map(\.name)
    let entry = try #require(session.inputs.first)
    #expect(entry.shape == [nil] + shape)
    for batch in [1, 3] {
      let answers = try session.run([(entry.name, Self.input(shape, batch: batch))], outputs: outputs)
      for (output, answer) in zip(outputs, answers) {
        let expected = try #require(all["\(name)/\(output)"])
        #expect(answer.shape.first == batch)
        let length = answer.count / batch
        for item in 0..<batch {
          let values = Array(answer.scalars[item * length..<(item + 1) * length])
          let sampled = stride(from: 0, to: length, by: expected.step).map { values[$0] }
          #expect(sampled.count == expected.values.count)
          let worst = zip(sampled, expected.values).map { abs($0 - $1) }.max() ?? .infinity
          #expect(worst <= tolerance, "\(output), item \(item) of \(batch)")
        }
      }
    }
  }

  /// The input for which `reference.json` was made, repeated for each item of the batch.
  private static func input(_ shape: [Int], batch: Int) -> Tensor {
    Tensor(shape: [batch] + shape) { buffer in
      let length = buffer.count / batch
      for index in 0..<buffer.count {
        let place = index % length
        if shape.count == 3 {
          let (channel, y, x) = (place / (shape[1] * shape[2]), place / shape[2] % shape[1], place % shape[2])
          buffer[index] = Float((x * 3 + y * 5 + channel * 71) % 256) / 255
        } else {
          let point = place / 2
          buffer[index] = place % 2 == 0 ? Float(point * 37 % 101) * 8 : Float(point * 53 % 97) * 6
        }
      }
    }
  }

  // MARK: refused and damaged files

  @Test func anUnknownOperatorIsRefusedByName() throws {
    // RELU (19) becomes TANH (28) in the table of operator codes. No other byte 19 has this effect.
    let network = try Fixture.bytes("TensorFlowLite/picture.tflite")
    let messages = network.indices.filter { network[$0] == 19 }.map { index in
      var changed = network
      changed[index] = 28
      let result = Result { try TensorFlowLiteConverter.convert(changed, name: "changed", metadata: [:]) }
      guard case .failure(let error as ConversionError) = result, error.code == .unsupported else { return "" }
      return error.description
    }
    #expect(messages.contains { $0.contains("(TANH): this operator cannot be converted") }, "\(messages)")
  }

  @Test func otherFilesAreRefused() {
    for bytes in [[], Array("not a network".utf8), Array(repeating: UInt8(0xff), count: 4096)] as [[UInt8]] {
      let error = #expect(throws: ConversionError.self) {
        try TensorFlowLiteConverter.convert(bytes, name: "other", metadata: [:])
      }
      #expect(error?.code == .malformed)
    }
  }

  @Test(arguments: ["picture", "tokens"])
  func aDamagedNetworkNeverTraps(name: String) throws {
    let network = try Fixture.bytes("TensorFlowLite/\(name).tflite")
    for length in stride(from: 0, to: network.count, by: 3) { read(Array(network.prefix(length))) }
    for bit in 0..<8 * network.count {
      var damaged = network
      damaged[bit / 8] ^= 1 << UInt8(bit % 8)
      read(damaged)
    }
    // Extreme numbers at every position where a number may be.
    for position in stride(from: 0, to: network.count - 4, by: 4) {
      for number in [UInt32.max, 0x7fff_ffff, 0x8000_0000, 0, UInt32(network.count)] {
        var damaged = network
        for byte in 0..<4 { damaged[position + byte] = UInt8(truncatingIfNeeded: number >> (8 * UInt32(byte))) }
        read(damaged)
      }
    }
  }

  @Test(.enabled(if: Fixture.faceLandmarker != nil, "the face landmarker is not installed: make setup"))
  func aDamagedRealNetworkNeverTraps() throws {
    let bundle = try ZipArchive([UInt8](try Data(contentsOf: try #require(Fixture.faceLandmarker))))
    var random = Numbers(state: 20)
    for (name, _, _) in Self.real {
      let network = try bundle.contents(of: "\(name).tflite")
      for step in 0..<50 { read(Array(network.prefix(network.count * step / 50))) }
      #expect(throws: ConversionError.self) {
        try TensorFlowLiteConverter.convert(Array(network.prefix(network.count / 2)), name: name, metadata: [:])
      }
      for _ in 0..<150 {
        var damaged = network
        for _ in 0..<random.next(below: 8) + 1 {
          // Half of the damage is near the end, which contains the structure rather than the weights.
          let place = random.next(below: 2) == 0 ? random.next(below: network.count) : network.count - 1 - random.next(below: 60_000)
          damaged[place] = UInt8(random.next(below: 256))
        }
        read(damaged)
      }
    }
  }

  /// A sample of the inputs that libFuzzer kept (Fuzz/run.sh).
  @Test func theFuzzersCorpusNeverTraps() throws {
    let corpus = try Fixture.files(in: "FuzzTensorFlowLite")
    #expect(!corpus.isEmpty)
    for file in corpus { read(file) }
  }

  private func read(_ bytes: [UInt8]) {
    _ = try? TensorFlowLiteConverter.convert(bytes, name: "damaged", metadata: [:])
  }

  /// Marsaglia's xorshift64, which gives the same damage every time.
  private struct Numbers {
    var state: UInt64

    mutating func next(below limit: Int) -> Int {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Int(state % UInt64(limit))
    }
  }
}
