/// Reads little-endian numbers from untrusted bytes. Every access is checked; one outside the bytes throws instead of trapping.
///
/// Reading at the cursor (`read…`) and at any position (`…(at:)`) can be mixed. Copies are cheap, since the bytes are shared.
package struct ByteReader: Sendable {
  package let bytes: [UInt8]
  /// A name for the bytes in error messages.
  package let context: String
  /// The cursor's position, always within `0...bytes.count`.
  package private(set) var offset: Int

  package init(_ bytes: [UInt8], context: String) {
    self.bytes = bytes
    self.context = context
    self.offset = 0
  }

  package var count: Int { bytes.count }

  package mutating func skip(_ length: Int) throws(ConversionError) {
    try check(offset, length)
    offset += length
  }

  // MARK: at a position

  /// Returns the range of `length` bytes from `position`, after checking that the file contains all of them.
  package func range(at position: Int, length: Int) throws(ConversionError) -> Range<Int> {
    try check(position, length)
    return position..<position + length
  }

  package func bytes(at position: Int, length: Int) throws(ConversionError) -> ArraySlice<UInt8> {
    bytes[try range(at: position, length: length)]
  }

  package func integer<Integer: FixedWidthInteger>(at position: Int, as type: Integer.Type = Integer.self)
    throws(ConversionError) -> Integer
  {
    try check(position, MemoryLayout<Integer>.size)
    return bytes.withUnsafeBytes { Integer(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Integer.self)) }
  }

  package func uint8(at position: Int) throws(ConversionError) -> UInt8 { try integer(at: position) }
  package func uint16(at position: Int) throws(ConversionError) -> UInt16 { try integer(at: position) }
  package func uint32(at position: Int) throws(ConversionError) -> UInt32 { try integer(at: position) }
  package func int32(at position: Int) throws(ConversionError) -> Int32 { try integer(at: position) }

  /// Returns an unsigned 64-bit size or offset. A value above `Int.max` is an error.
  package func size64(at position: Int) throws(ConversionError) -> Int {
    let value: UInt64 = try integer(at: position)
    guard let size = Int(exactly: value) else {
      throw ConversionError(.malformed, context, "the size \(value) at byte \(position) is too large")
    }
    return size
  }

  /// Returns `count` 32-bit floats, which need not be aligned.
  package func floats(at position: Int, count: Int) throws(ConversionError) -> [Float] {
    let (length, overflow) = count.multipliedReportingOverflow(by: 4)
    guard !overflow else { throw outside(position, count) }
    try check(position, length)
    return [Float](unsafeUninitializedCapacity: count) { buffer, initialised in
      bytes.withUnsafeBytes { source in
        for index in 0..<count {
          let bits = source.loadUnaligned(fromByteOffset: position + 4 * index, as: UInt32.self)
          buffer.initializeElement(at: index, to: Float(bitPattern: UInt32(littleEndian: bits)))
        }
      }
      initialised = count
    }
  }

  // MARK: at the cursor

  package mutating func readInteger<Integer: FixedWidthInteger>(as type: Integer.Type = Integer.self)
    throws(ConversionError) -> Integer
  {
    let value = try integer(at: offset, as: type)
    offset += MemoryLayout<Integer>.size
    return value
  }

  package mutating func readUInt8() throws(ConversionError) -> UInt8 { try readInteger() }
  package mutating func readUInt16() throws(ConversionError) -> UInt16 { try readInteger() }
  package mutating func readUInt32() throws(ConversionError) -> UInt32 { try readInteger() }
  package mutating func readInt32() throws(ConversionError) -> Int32 { try readInteger() }

  package mutating func readBytes(_ length: Int) throws(ConversionError) -> ArraySlice<UInt8> {
    let slice = try bytes(at: offset, length: length)
    offset += length
    return slice
  }

  // MARK: checks

  private func check(_ position: Int, _ length: Int) throws(ConversionError) {
    guard position >= 0, length >= 0, position <= bytes.count, length <= bytes.count - position else {
      throw outside(position, length)
    }
  }

  private func outside(_ position: Int, _ length: Int) -> ConversionError {
    ConversionError(
      .malformed, context, "\(length) bytes at byte \(position) are outside the file of \(bytes.count) bytes; it may be truncated")
  }
}
