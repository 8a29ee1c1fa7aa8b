import ModelConversion
import Testing

@Suite struct CheckpointConverterTests {
  /// All tensors of a fixture, to be written again with a change.
  private func entries(_ network: CheckpointFixture.Network) throws -> [LegacyCheckpoint.Entry] {
    var state = try StateDictionary(checkpoint: try CheckpointFixture.bytes(network.file))
    return try state.names.filter { !$0.hasSuffix("num_batches_tracked") }.map { name in
      let shape = state.shape(of: name) ?? []
      return LegacyCheckpoint.Entry(name: name, shape: shape, values: try state.take(name, shape: shape).floats())
    }
  }

  private func error(_ entries: [LegacyCheckpoint.Entry], _ network: CheckpointFixture.Network) -> ConversionError? {
    #expect(throws: ConversionError.self) {
      try CheckpointConverter.convert(LegacyCheckpoint.file(entries), as: network.architecture)
    }
  }

  @Test(arguments: CheckpointFixture.networks)
  func theContainerMakesNoDifference(_ network: CheckpointFixture.Network) throws {
    let original = try CheckpointConverter.convert(try CheckpointFixture.bytes(network.file), as: network.architecture)
    #expect(try CheckpointConverter.convert(LegacyCheckpoint.file(try entries(network)), as: network.architecture) == original)
  }

  @Test(arguments: CheckpointFixture.networks)
  func aMissingTensorIsNamed(_ network: CheckpointFixture.Network) throws {
    let entries = try entries(network)
    var unused = 0
    for missing in stride(from: 0, to: entries.count, by: 31) {
      var rest = entries
      let name = rest.remove(at: missing).name
      // The published network contains these layers also in blocks that do not use them.
      if name.contains("skip_layer"), (try? CheckpointConverter.convert(LegacyCheckpoint.file(rest), as: network.architecture)) != nil {
        unused += 1
        continue
      }
      let error = error(rest, network)
      #expect([.missing, .misshapen].contains(error?.code))
      #expect("\(error as Any)".contains(name))
    }
    #expect(unused < 5)
  }

  @Test(arguments: CheckpointFixture.networks)
  func aMisshapenTensorIsNamed(_ network: CheckpointFixture.Network) throws {
    let entries = try entries(network)
    for index in stride(from: 3, to: entries.count, by: 47) where !entries[index].name.contains("skip_layer") {
      var changed = entries
      changed[index].shape = [entries[index].values.count, 1, 1, 1, 1]
      let error = error(changed, network)
      #expect(error?.code == .misshapen)
      #expect("\(error as Any)".contains(entries[index].name))
    }
  }

  @Test(arguments: CheckpointFixture.networks)
  func anUnexpectedTensorIsNamed(_ network: CheckpointFixture.Network) throws {
    let extra = LegacyCheckpoint.Entry(name: "body.surprise.weight", shape: [2], values: [1, 2])
    let error = error(try entries(network) + [extra], network)
    #expect(error?.code == .unexpected)
    #expect("\(error as Any)".contains("body.surprise.weight"))
  }

  @Test func aCheckpointOfAnotherNetworkIsRefused() throws {
    for network in CheckpointFixture.networks {
      for other in CheckpointConverter.Architecture.allCases where other != network.architecture {
        let error = #expect(throws: ConversionError.self) {
          try CheckpointConverter.convert(try CheckpointFixture.bytes(network.file), as: other)
        }
        #expect(error?.code == .missing)
      }
    }
  }

  @Test func theMetadataStateTheModelsOrigin() throws {
    let model = try CheckpointConverter.convert(
      try CheckpointFixture.bytes("retinaface.pth"), as: .retinaface, metadata: ["sha256": "cafe"])
    for text in ["sha256", "cafe", "architecture", "retinaface", "SplitFace checkpoint converter \(CheckpointConverter.version)"] {
      #expect(model.firstRange(of: Array(text.utf8)) != nil, "\(text)")
    }
  }
}
