extension CheckpointContents {
  /// `torch.serialization.MAGIC_NUMBER`, 0x1950a86a20f9469cfc6c, in the byte order of a pickle.
  private static let magicNumber: [UInt8] = [0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]
  private static let protocolVersion = 1001

  /// Reads the container of PyTorch before 1.6: five pickles (magic number, protocol version, system, the object, the storages' keys),
  /// followed by the storages, each as a 64-bit count and that many numbers. Source: `_legacy_save` in torch/serialization.py.
  static func legacy(_ file: [UInt8]) throws(ConversionError) -> CheckpointContents {
    var reader = ByteReader(file, context: Self.context)
    guard case .bigInteger(magicNumber) = try unpickle(&reader).value else {
      throw ConversionError(.unsupported, Self.context, "it is not a PyTorch checkpoint (it is not a zip file and lacks the magic number)")
    }
    guard case .int(protocolVersion) = try unpickle(&reader).value else {
      throw ConversionError(.unsupported, Self.context, "its protocol version is not \(protocolVersion)")
    }
    let system = try unpickle(&reader)
    guard case .dictionary(let entries) = system.value,
      case .bool(true)? = system.containers.value(of: "little_endian", in: entries)
    else { throw ConversionError(.unsupported, Self.context, "it was written by a big-endian machine") }
    let object = try unpickle(&reader)
    let keys = try unpickle(&reader)
    let types = object.storageTypes
    let storages = try storages(after: &reader, keys: keys, types: types)
    return CheckpointContents(root: object.value, containers: object.containers, storages: storages)
  }

  private struct Unpickled {
    let value: PickleValue
    let containers: PickleContainers
    let storageTypes: [String: ScalarType]
  }

  private static func unpickle(_ reader: inout ByteReader) throws(ConversionError) -> Unpickled {
    var machine = PickleMachine(reader)
    let value = try machine.run()
    reader = machine.reader
    return Unpickled(value: value, containers: machine.containers, storageTypes: machine.storageTypes)
  }

  private static func storages(
    after reader: inout ByteReader, keys: Unpickled, types: [String: ScalarType]
  ) throws(ConversionError) -> [String: Range<Int>] {
    guard case .list(let list) = keys.value else {
      throw ConversionError(.malformed, Self.context, "the list of storages is \(keys.value.kind)")
    }
    var storages: [String: Range<Int>] = [:]
    for element in keys.containers[list] {
      guard case .string(let key) = element, let type = types[key], storages[key] == nil else {
        throw ConversionError(.malformed, Self.context, "it lists a storage that no tensor uses, or the same storage twice")
      }
      let count = try reader.readInteger(as: Int64.self)
      let (length, overflow) = count.multipliedReportingOverflow(by: Int64(type.size))
      guard count >= 0, !overflow else { throw ConversionError(.malformed, Self.context, "storage \(key) has \(count) numbers") }
      let start = reader.offset
      try reader.skip(Int(length))
      storages[key] = start..<reader.offset
    }
    return storages
  }
}
