@testable import ModelConversion

/// Reads a checkpoint in either container and converts it as each of the networks.
@Sendable func fuzzCheckpoint(_ bytes: [UInt8]) {
  read(try? StateDictionary(checkpoint: bytes))
  for architecture in CheckpointConverter.Architecture.allCases { _ = try? CheckpointConverter.convert(bytes, as: architecture) }
}

/// Reads a pickle alone, since in a zip file a checksum would stop the fuzzer. Every storage is the file's first 256 bytes.
@Sendable func fuzzPickle(_ bytes: [UInt8]) {
  var machine = PickleMachine(ByteReader(bytes, context: "fuzzed"))
  guard let root = try? machine.run() else { return }
  let room = 0..<min(256, bytes.count)
  let contents = CheckpointContents(root: root, containers: machine.containers, storages: machine.storageTypes.mapValues { _ in room })
  read(try? StateDictionary(contents, file: bytes))
}

/// Reads every number of every tensor.
private func read(_ state: StateDictionary?) {
  guard var state else { return }
  for name in state.names.prefix(256) {
    guard let shape = state.shape(of: name), let tensor = try? state.take(name, shape: shape) else { continue }
    _ = tensor.floats()
  }
}
