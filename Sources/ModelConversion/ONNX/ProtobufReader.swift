/// Protobuf messages in bytes that nobody vouches for (encoding: protobuf.dev/programming-guides/encoding).
struct ProtobufReader {
  /// One field of a message; ranges are positions in the whole file.
  struct Field {
    let number: Int
    /// With its tag and length.
    let whole: Range<Int>
    /// Of a length-delimited field (bytes, string, message); nil for numbers.
    let payload: Range<Int>?
  }

  private let file: ByteReader

  init(_ bytes: [UInt8], context: String) { file = ByteReader(bytes, context: context) }

  var bytes: [UInt8] { file.bytes }
  var whole: Range<Int> { 0..<file.count }

  /// The fields of the message that lies in `message`, in order.
  func fields(in message: Range<Int>) throws(ConversionError) -> [Field] {
    var fields: [Field] = []
    var position = message.lowerBound
    while position < message.upperBound {
      let start = position
      let tag = try varint(&position, before: message.upperBound)
      guard let number = Int(exactly: tag >> 3), number > 0 else { throw malformed(start) }
      var payload: Range<Int>?
      switch tag & 7 {
      case 0: _ = try varint(&position, before: message.upperBound)
      case 1: position += 8
      case 2:
        guard let length = Int(exactly: try varint(&position, before: message.upperBound)), length <= message.upperBound - position
        else { throw malformed(start) }
        payload = position..<position + length
        position += length
      case 5: position += 4
      // Groups (3, 4) are older than ONNX.
      default: throw malformed(start)
      }
      guard position <= message.upperBound else { throw malformed(start) }
      fields.append(Field(number: number, whole: start..<position, payload: payload))
    }
    return fields
  }

  /// The integers of one number in a message: each a field of its own, or packed into one; numbers that fit no `Int` are left out.
  func integers(_ number: Int, in message: Range<Int>) throws(ConversionError) -> [Int] {
    var integers: [Int] = []
    for field in try fields(in: message) where field.number == number {
      // A field of its own ends with its value, after the tag.
      var position = field.payload?.lowerBound ?? field.whole.lowerBound
      if field.payload == nil { _ = try varint(&position, before: field.whole.upperBound) }
      while position < field.whole.upperBound {
        if let value = Int(exactly: try varint(&position, before: field.whole.upperBound)) { integers.append(value) }
      }
    }
    return integers
  }

  /// The message with the fields of one number replaced by what `body` makes of their payloads; nil leaves one as it is.
  func rewriting(
    _ message: Range<Int>, field number: Int, _ body: (Range<Int>) throws(ConversionError) -> [UInt8]?
  ) throws(ConversionError) -> [UInt8] {
    var result = ProtobufMessage()
    for field in try fields(in: message) {
      if field.number == number, let payload = field.payload, let replacement = try body(payload) {
        result.add(number, bytes: replacement)
      } else {
        result.add(verbatim: bytes[field.whole])
      }
    }
    return result.serialized()
  }

  /// At most ten bytes, of which the last may only hold one bit more.
  private func varint(_ position: inout Int, before end: Int) throws(ConversionError) -> UInt64 {
    let start = position
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 70, by: 7) {
      guard position < end else { throw malformed(start) }
      let byte = try file.uint8(at: position)
      position += 1
      guard shift < 63 || byte <= 1 else { throw malformed(start) }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw malformed(start)
  }

  private func malformed(_ position: Int) -> ConversionError {
    ConversionError(.malformed, file.context, "byte \(position) is not the beginning of a sound protobuf field; the file may be damaged")
  }
}
