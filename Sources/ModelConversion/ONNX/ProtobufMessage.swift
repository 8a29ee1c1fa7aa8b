/// A protobuf message that is being written (encoding: protobuf.dev/programming-guides/encoding).
///
/// A message consists of pieces, so that nesting it in another does not copy its bytes: the weights of a network are copied only once, at
/// the end.
struct ProtobufMessage {
  private var pieces: [[UInt8]] = []
  private var current: [UInt8] = []
  /// The number of bytes so far.
  private(set) var count = 0

  mutating func add(_ field: Int, varint value: Int64) {
    appendTag(field, wireType: 0)
    appendVarint(UInt64(bitPattern: value))
  }

  mutating func add(_ field: Int, float value: Float) {
    appendTag(field, wireType: 5)
    withUnsafeBytes(of: value.bitPattern.littleEndian) { append($0) }
  }

  mutating func add(_ field: Int, string value: String) {
    let bytes = Array(value.utf8)
    appendTag(field, wireType: 2)
    appendVarint(UInt64(bytes.count))
    bytes.withUnsafeBytes { append($0) }
  }

  mutating func add(_ field: Int, bytes: [UInt8]) {
    appendTag(field, wireType: 2)
    appendVarint(UInt64(bytes.count))
    appendPiece(bytes)
  }

  mutating func add(_ field: Int, message: ProtobufMessage) {
    appendTag(field, wireType: 2)
    appendVarint(UInt64(message.count))
    for piece in message.pieces { appendPiece(piece) }
    message.current.withUnsafeBytes { append($0) }
  }

  /// Adds fields that are already encoded.
  mutating func add(verbatim fields: ArraySlice<UInt8>) { appendPiece(Array(fields)) }

  /// Returns the bytes of the message.
  func serialized() -> [UInt8] {
    var all: [UInt8] = []
    all.reserveCapacity(count)
    for piece in pieces { all += piece }
    all += current
    return all
  }

  private mutating func appendPiece(_ bytes: [UInt8]) {
    guard bytes.count > 256 else { return bytes.withUnsafeBytes { append($0) } }
    if !current.isEmpty { pieces.append(current) }
    current = []
    pieces.append(bytes)
    count += bytes.count
  }

  private mutating func appendTag(_ field: Int, wireType: UInt64) { appendVarint(UInt64(field) << 3 | wireType) }

  private mutating func appendVarint(_ value: UInt64) {
    var rest = value
    while rest >= 0x80 {
      current.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
      count += 1
    }
    current.append(UInt8(rest))
    count += 1
  }

  private mutating func append(_ bytes: UnsafeRawBufferPointer) {
    current.append(contentsOf: bytes)
    count += bytes.count
  }
}
