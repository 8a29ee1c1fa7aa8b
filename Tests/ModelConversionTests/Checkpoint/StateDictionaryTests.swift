import ModelConversion
import Testing

@Suite struct StateDictionaryTests {
  private static let containers = ["types-legacy.pth", "types-zip.pth", "types-protocol4.pth"]

  @Test(arguments: containers)
  func everyElementTypeIsRead(_ file: String) throws {
    var state = try StateDictionary(checkpoint: try CheckpointFixture.bytes("types/" + file))
    func values(_ name: String, _ shape: [Int]) throws -> [Float] { try state.take(name, shape: shape).floats() }
    #expect(try values("float32", [3, 4]) == (0..<12).map { Float($0) / 8 })
    let halves = try values("float16", [6])
    #expect(halves == [0.5, -2, 65504, 0x1p-24, .infinity, 0])
    #expect(halves[5].sign == .minus)
    #expect(try values("bfloat16", [2, 2]) == [1, -3, 0.15625, 0x1p100])
    #expect(try values("float64", [3]) == [0.1, -2.5, 1e-3])
    #expect(try values("int64", [3]) == [-1, 0, 0x1p40])
    #expect(try values("uint8", [2]) == [1, 255])
    #expect(try values("bool", [2]) == [1, 0])
    #expect(try values("parameter", [2]) == [1, 1])
    #expect(try values("scalar", []) == [7])
    #expect(state.names == ["empty", "shared", "transposed"])
  }

  @Test(arguments: containers)
  func tensorsThatShareOrReorderAStorageAreRead(_ file: String) throws {
    var state = try StateDictionary(checkpoint: try CheckpointFixture.bytes("types/" + file))
    #expect(try state.take("transposed", shape: [4, 3]).floats() == [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
    #expect(try state.take("shared", shape: [2, 2]).floats() == [4, 6, 8, 10].map { $0 / 8 })
  }

  @Test func aTrainingScriptsDictionaryIsRead() throws {
    var state = try StateDictionary(checkpoint: try CheckpointFixture.bytes("types/star-like.pkl"))
    #expect(state.names == ["w"])
    #expect(try state.take("w", shape: [nil]).floats() == [1, 1])
  }

  /// The file does not contain all numbers of these tensors.
  @Test(arguments: [
    LegacyCheckpoint.Entry(name: "t", shape: [3], values: [1, 2]),
    LegacyCheckpoint.Entry(name: "t", shape: [2], values: [1, 2], offset: 1),
    LegacyCheckpoint.Entry(name: "t", shape: [2], values: [1, 2], offset: -1),
    LegacyCheckpoint.Entry(name: "t", shape: [2], values: [1, 2], strides: [2]),
    LegacyCheckpoint.Entry(name: "t", shape: [2], values: [1, 2], strides: [-1]),
    LegacyCheckpoint.Entry(name: "t", shape: [2], values: [1, 2], strides: [.max]),
    LegacyCheckpoint.Entry(name: "t", shape: [-2], values: [1, 2]),
    LegacyCheckpoint.Entry(name: "t", shape: [2, 1], values: [1, 2], strides: [1]),
    LegacyCheckpoint.Entry(name: "t", shape: [1 << 40, 1 << 40], values: [1, 2], strides: [0, 0]),
    LegacyCheckpoint.Entry(name: "t", shape: [1 << 40], values: [1, 2], strides: [0]),
    LegacyCheckpoint.Entry(name: "t", shape: [2], values: [1, 2], offset: .max),
    LegacyCheckpoint.Entry(name: "t", shape: [100], values: [1, 2], storedCount: 100),
    LegacyCheckpoint.Entry(name: "t", shape: [2], values: [1, 2], storedCount: .max),
  ])
  func aTensorOutsideItsStorageIsRefused(_ entry: LegacyCheckpoint.Entry) {
    let error = #expect(throws: ConversionError.self) { try StateDictionary(checkpoint: LegacyCheckpoint.file([entry])) }
    #expect(error?.code == .malformed)
    #expect("\(error as Any)".contains("tensor t"))
  }
}
