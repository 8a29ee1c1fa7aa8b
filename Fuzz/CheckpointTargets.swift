// libFuzzer targets for PyTorch checkpoints: any error is right, a trap or a sanitizer's report is a finding.
// Compiled together with the sources of ModelConversion by run-checkpoint.sh; -D chooses the target.

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = [UInt8](UnsafeBufferPointer(start: start, count: count))
  #if FUZZ_PICKLE
    // The pickle alone, which in a zip stands behind a checksum; every storage is taken to be the file's first 256 bytes.
    var machine = PickleMachine(ByteReader(bytes, context: "fuzzed"))
    guard let root = try? machine.run() else { return 0 }
    let room = 0..<min(256, bytes.count)
    let contents = CheckpointContents(
      root: root, containers: machine.containers, storages: machine.storageTypes.mapValues { _ in room })
    read(try? StateDictionary(contents, file: bytes))
  #else
    read(try? StateDictionary(checkpoint: bytes))
    for architecture in CheckpointConverter.Architecture.allCases { _ = try? CheckpointConverter.convert(bytes, as: architecture) }
  #endif
  return 0
}

/// Reads every number of every tensor.
private func read(_ state: StateDictionary?) {
  guard var state else { return }
  for name in state.names.prefix(256) {
    guard let shape = state.shape(of: name), let tensor = try? state.take(name, shape: shape) else { continue }
    _ = tensor.floats()
  }
}
