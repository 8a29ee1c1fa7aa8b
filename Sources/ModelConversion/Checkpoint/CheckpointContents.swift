/// The contents of a checkpoint's container: the saved object, and the positions of its tensors' storages in the file.
struct CheckpointContents {
  let root: PickleValue
  let containers: PickleContainers
  /// The byte range of each storage in the file, by the storage's key.
  let storages: [String: Range<Int>]

  static let context = "checkpoint"

  /// Reads a checkpoint in the zip container or the legacy container.
  /// - Throws: `ConversionError` if the file is in neither container, is damaged, or asks for code to be executed.
  init(_ file: [UInt8]) throws(ConversionError) {
    self = file.starts(with: [0x50, 0x4B, 0x03, 0x04]) ? try Self.zipped(file) : try Self.legacy(file)
  }

  init(root: PickleValue, containers: PickleContainers, storages: [String: Range<Int>]) {
    self.root = root
    self.containers = containers
    self.storages = storages
  }
}
