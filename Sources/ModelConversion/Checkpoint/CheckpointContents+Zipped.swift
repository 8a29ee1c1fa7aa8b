extension CheckpointContents {
  /// Reads the container of PyTorch since 1.6: a zip file with the uncompressed entries `NAME/data.pkl`, `NAME/data/KEY` for each storage
  /// and, since 2.0, `NAME/byteorder`. Source: `_save` in torch/serialization.py.
  static func zipped(_ file: [UInt8]) throws(ConversionError) -> CheckpointContents {
    let archive = try ZipArchive(file)
    let pickles = archive.names.filter { $0.hasSuffix("/data.pkl") || $0 == "data.pkl" }
    guard let pickle = pickles.first, pickles.count == 1 else {
      throw ConversionError(.unsupported, Self.context, "it is not a PyTorch checkpoint: the zip has \(pickles.count) entries data.pkl")
    }
    let folder = pickle.dropLast("data.pkl".count)
    if archive.names.contains(folder + "byteorder"), try archive.contents(of: folder + "byteorder") != Array("little".utf8) {
      throw ConversionError(.unsupported, Self.context, "it was written by a big-endian machine")
    }
    guard try archive.range(of: pickle).count <= PickleMachine.maximumLength else {
      throw ConversionError(.malformed, PickleMachine.context, "it is far larger than the pickle of any network")
    }
    var machine = PickleMachine(ByteReader(try archive.contents(of: pickle), context: PickleMachine.context))
    let root = try machine.run()
    var storages: [String: Range<Int>] = [:]
    for key in machine.storageTypes.keys { storages[key] = try archive.range(of: folder + "data/" + key) }
    return CheckpointContents(root: root, containers: machine.containers, storages: storages)
  }
}
