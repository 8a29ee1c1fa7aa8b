import ModelConversion

/// Writes pickles, and checkpoints in the container from before PyTorch 1.6, for cases that no fixture covers.
enum LegacyCheckpoint {
  /// A complete pickle of protocol 2.
  static func pickle(_ body: [UInt8]) -> [UInt8] { [0x80, 2] + body + Array(".".utf8) }

  static func global(_ module: String, _ name: String) -> [UInt8] { Array("c\(module)\n\(name)\n".utf8) }

  static func string(_ string: String) -> [UInt8] { [UInt8(ascii: "X")] + littleEndian(UInt32(string.utf8.count)) + Array(string.utf8) }

  static func integer(_ value: Int) -> [UInt8] { [0x8A, 8] + littleEndian(Int64(value)) }

  static func tuple(_ elements: [[UInt8]]) -> [UInt8] { Array("(".utf8) + elements.joined() + Array("t".utf8) }

  /// A tensor of a state dictionary, in row-major order.
  struct Entry {
    var name: String
    var shape: [Int]
    var values: [Float]
    /// What the pickle states, which may be wrong on purpose.
    var offset = 0
    var strides: [Int]?
    var storedCount: Int?
  }

  static let prologue: [UInt8] =
    pickle([0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]) + pickle(integer(1001))
    + pickle(Array("}".utf8) + string("little_endian") + [0x88] + Array("s".utf8))

  /// A checkpoint with `object` in the place of the state dictionary.
  static func file(object: [UInt8]) -> [UInt8] { prologue + pickle(object) + pickle(Array("]".utf8)) }

  static func file(_ entries: [Entry]) -> [UInt8] {
    var object = global("collections", "OrderedDict") + Array(")R(".utf8)
    var keys = Array("](".utf8)
    var storages: [UInt8] = []
    for (number, entry) in entries.enumerated() {
      object += string(entry.name) + tensor(entry, storage: "\(number)")
      keys += string("\(number)")
      storages += littleEndian(Int64(entry.values.count))
      for value in entry.values { storages += littleEndian(value.bitPattern) }
    }
    return prologue + pickle(object + Array("u".utf8)) + pickle(keys + Array("e".utf8)) + storages
  }

  private static func tensor(_ entry: Entry, storage: String) -> [UInt8] {
    let identifier = tuple([
      string("storage"), global("torch", "FloatStorage"), string(storage), string("cpu"),
      integer(entry.storedCount ?? entry.values.count), Array("N".utf8),
    ])
    let strides = entry.strides ?? entry.shape.indices.map { entry.shape[($0 + 1)...].reduce(1, *) }
    let arguments = tuple([
      identifier + Array("Q".utf8), integer(entry.offset), tuple(entry.shape.map(integer)), tuple(strides.map(integer)), [0x89],
      global("collections", "OrderedDict") + Array(")R".utf8),
    ])
    return global("torch._utils", "_rebuild_tensor_v2") + arguments + Array("R".utf8)
  }

  private static func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.littleEndian) { Array($0) } }
}
