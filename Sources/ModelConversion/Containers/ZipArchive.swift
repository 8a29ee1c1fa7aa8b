/// A zip file in memory, read through its central directory (PKWARE APPNOTE 6.3: sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16).
///
/// Entries must be stored without compression, as in MediaPipe's `.task` bundles and PyTorch's checkpoints. ZIP64 is supported. No offset,
/// size or count in the file is trusted.
public struct ZipArchive: Sendable {
  private struct Entry {
    let method: UInt16
    let isEncrypted: Bool
    let checksum: UInt32
    let storedSize: Int
    let size: Int
    let headerOffset: Int
  }

  /// The entries' names, in the order of the central directory.
  public let names: [String]
  private let entries: [String: Entry]
  private let reader: ByteReader

  /// The largest number of entries that is accepted. Bundles and checkpoints have far fewer: from four to a few thousand.
  private static let largestEntryCount = 65_536

  /// Reads the central directory but not the contents of the entries.
  ///
  /// - Throws: `malformed` if the file is not a zip file, is truncated, or contradicts itself.
  public init(_ bytes: [UInt8]) throws(ConversionError) {
    reader = ByteReader(bytes, context: "zip archive")
    let directory = try Self.directory(in: reader)
    var position = directory.offset
    var names: [String] = []
    var entries: [String: Entry] = [:]
    for _ in 0..<directory.count {
      let (name, entry, length) = try Self.entry(in: reader, at: position)
      guard entries.updateValue(entry, forKey: name) == nil else {
        throw ConversionError(.malformed, reader.context, "two entries have the name '\(name)'")
      }
      names.append(name)
      position += length
    }
    self.names = names
    self.entries = entries
  }

  /// Returns the bytes of an entry, after verifying their checksum.
  ///
  /// - Throws: `missing` if there is no such entry, `unsupported` if it is compressed or encrypted, `malformed` if it is outside the file or
  ///   its checksum is wrong.
  public func contents(of name: String) throws(ConversionError) -> [UInt8] {
    guard let entry = entries[name] else { throw missing(name) }
    let bytes = [UInt8](reader.bytes[try range(of: name)])
    guard CyclicRedundancyCheck.crc32(bytes) == entry.checksum else {
      throw ConversionError(.malformed, reader.context, "'\(name)' does not have the checksum stated in the archive; get the archive again")
    }
    return bytes
  }

  /// Returns the range of an entry's bytes in the archive; their checksum is not verified.
  package func range(of name: String) throws(ConversionError) -> Range<Int> {
    guard let entry = entries[name] else { throw missing(name) }
    guard !entry.isEncrypted else {
      throw ConversionError(.unsupported, reader.context, "'\(name)' is encrypted")
    }
    guard entry.method == 0 else {
      throw ConversionError(
        .unsupported, reader.context, "'\(name)' is compressed (method \(entry.method)); pack the archive again without compression")
    }
    guard entry.storedSize == entry.size else {
      throw ConversionError(
        .malformed, reader.context, "'\(name)' is not compressed, but it has two sizes: stored \(entry.storedSize), original \(entry.size)")
    }
    let header = entry.headerOffset
    guard try reader.uint32(at: header) == 0x0403_4b50 else {
      throw ConversionError(.malformed, reader.context, "'\(name)' has no header at the position that the directory states")
    }
    _ = try reader.range(at: header, length: 30)
    let start = header + 30 + Int(try reader.uint16(at: header + 26)) + Int(try reader.uint16(at: header + 28))
    return try reader.range(at: start, length: entry.size)
  }

  private func missing(_ name: String) -> ConversionError {
    ConversionError(.missing, reader.context, "there is no entry '\(name)'")
  }

  // MARK: the directory

  private static func directory(in reader: ByteReader) throws(ConversionError) -> (offset: Int, count: Int) {
    let end = try endRecord(in: reader)
    var count = Int(try reader.uint16(at: end + 10))
    var size = Int(try reader.uint32(at: end + 12))
    var offset = Int(try reader.uint32(at: end + 16))
    if end >= 20, try reader.uint32(at: end - 20) == 0x0706_4b50 {
      let end64 = try reader.size64(at: end - 12)
      _ = try reader.range(at: end64, length: 56)
      guard try reader.uint32(at: end64) == 0x0606_4b50 else {
        throw ConversionError(.malformed, reader.context, "the ZIP64 end record is not at the position that its locator states")
      }
      count = try reader.size64(at: end64 + 32)
      size = try reader.size64(at: end64 + 40)
      offset = try reader.size64(at: end64 + 48)
    }
    _ = try reader.range(at: offset, length: size)
    guard count <= largestEntryCount, count <= size / 46 else {
      throw ConversionError(.malformed, reader.context, "\(count) entries do not fit into a directory of \(size) bytes")
    }
    return (offset, count)
  }

  /// Returns the position of the end-of-central-directory record: the last one whose comment ends at the end of the file.
  private static func endRecord(in reader: ByteReader) throws(ConversionError) -> Int {
    var position = reader.count - 22
    while position >= 0, position >= reader.count - 22 - 0xffff {
      if try reader.uint32(at: position) == 0x0605_4b50,
        position + 22 + Int(try reader.uint16(at: position + 20)) == reader.count
      {
        return position
      }
      position -= 1
    }
    throw ConversionError(.malformed, reader.context, "it has no end record: it is not a zip file, or it is truncated")
  }

  private static func entry(in reader: ByteReader, at position: Int) throws(ConversionError) -> (String, Entry, length: Int) {
    _ = try reader.range(at: position, length: 46)
    guard try reader.uint32(at: position) == 0x0201_4b50 else {
      throw ConversionError(.malformed, reader.context, "the directory has no entry at byte \(position)")
    }
    let nameLength = Int(try reader.uint16(at: position + 28))
    let extraLength = Int(try reader.uint16(at: position + 30))
    let commentLength = Int(try reader.uint16(at: position + 32))
    let length = 46 + nameLength + extraLength + commentLength
    _ = try reader.range(at: position, length: length)
    let name = String(decoding: try reader.bytes(at: position + 46, length: nameLength), as: UTF8.self)
    let sizes = try sizes(in: reader, entry: position, extra: position + 46 + nameLength, extraLength: extraLength)
    let entry = Entry(
      method: try reader.uint16(at: position + 10), isEncrypted: try reader.uint16(at: position + 8) & 1 != 0,
      checksum: try reader.uint32(at: position + 16), storedSize: sizes.stored, size: sizes.plain, headerOffset: sizes.header)
    return (name, entry, length)
  }

  /// Returns the sizes and the offset of an entry. They are 32-bit numbers; if the bits of one are all ones, its value is a 64-bit number
  /// in extra field 1.
  private static func sizes(
    in reader: ByteReader, entry: Int, extra: Int, extraLength: Int
  ) throws(ConversionError) -> (plain: Int, stored: Int, header: Int) {
    var values = [
      Int(try reader.uint32(at: entry + 24)), Int(try reader.uint32(at: entry + 20)), Int(try reader.uint32(at: entry + 42)),
    ]
    guard values.contains(0xffff_ffff) else { return (values[0], values[1], values[2]) }
    var position = extra
    while position + 4 <= extra + extraLength {
      let length = Int(try reader.uint16(at: position + 2))
      guard position + 4 + length <= extra + extraLength else { break }
      if try reader.uint16(at: position) == 1 {
        var field = position + 4
        for index in values.indices where values[index] == 0xffff_ffff && field + 8 <= position + 4 + length {
          values[index] = try reader.size64(at: field)
          field += 8
        }
        break
      }
      position += 4 + length
    }
    return (values[0], values[1], values[2])
  }
}
