import Foundation
import ModelConversion
import Testing

/// Damaged files may give any error or a model, but must not cause a trap or a read outside the file.
@Suite struct CheckpointDamageTests {
  private func read(_ bytes: [UInt8]) {
    if var state = try? StateDictionary(checkpoint: bytes) {
      for name in state.names { if let shape = state.shape(of: name) { _ = try? state.take(name, shape: shape).floats() } }
    }
  }

  @Test(arguments: ["types-legacy.pth", "types-zip.pth", "types-protocol4.pth", "star-like.pkl"])
  func everyTruncationIsNoticed(_ file: String) throws {
    let bytes = try CheckpointFixture.bytes("types/" + file)
    for length in 0..<bytes.count {
      #expect(throws: ConversionError.self) { try StateDictionary(checkpoint: Array(bytes.prefix(length))) }
    }
  }

  @Test(arguments: ["types-legacy.pth", "types-zip.pth"])
  func aFlippedBitNeverTraps(_ file: String) throws {
    var bytes = try CheckpointFixture.bytes("types/" + file)
    for index in bytes.indices {
      let bit: UInt8 = 1 << (index % 8)
      bytes[index] ^= bit
      read(bytes)
      bytes[index] ^= bit
    }
  }

  @Test(arguments: CheckpointFixture.networks)
  func damagedNetworksNeverTrap(_ network: CheckpointFixture.Network) throws {
    let bytes = try CheckpointFixture.bytes(network.file)
    var random = Xorshift(state: 20_261_122)
    for _ in 0..<60 {
      var damaged = bytes
      for _ in 0..<4 { damaged[Int(random.next() % UInt64(damaged.count))] = UInt8(truncatingIfNeeded: random.next()) }
      _ = try? CheckpointConverter.convert(damaged, as: network.architecture)
    }
    for part in 1..<20 {
      #expect(throws: ConversionError.self) {
        try CheckpointConverter.convert(Array(bytes.prefix(bytes.count * part / 20)), as: network.architecture)
      }
    }
  }

  /// Inputs with which libFuzzer reached different code (Fuzz/run.sh).
  @Test func theFuzzersCorpusNeverTraps() throws {
    let folder = CheckpointFixture.folder.appending(path: "fuzz")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count >= 20)
    for file in files {
      let bytes = [UInt8](try Data(contentsOf: file))
      read(bytes)
      for architecture in CheckpointConverter.Architecture.allCases { _ = try? CheckpointConverter.convert(bytes, as: architecture) }
    }
  }
}

/// Marsaglia's xorshift64, which gives the same numbers every time.
private struct Xorshift: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }
}
