/// Reads protobuf messages from untrusted bytes (encoding: protobuf.dev/programming-guides/encoding).
struct ProtobufReader {
  /// A field of a message. Ranges are positions in the whole file.
  struct Field {
    let number: Int
    /// The whole field, with its tag and length.
    let whole: Range<Int>
    /// The content of a length-delimited field (bytes, string, message); nil for numbers.
    let payload: Range<Int>?
  }

  private let file: ByteReader

  init(_ bytes: [UInt8], context: String) { file = ByteReader(bytes, context: context) }

  var bytes: [UInt8] { file.bytes }
  var whole: Range<Int> { 0..<file.count }

  /// Returns the fields of the message in the range `message`, in order.
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
      // Groups (3, 4) were deprecated before ONNX existed.
      default: throw malformed(start)
      }
      guard position <= message.upperBound else { throw malformed(start) }
      fields.append(Field(number: number, whole: start..<position, payload: payload))
    }
    return fields
  }

  /// Returns the integers in those fields of a message that have the given number. A field may contain one integer, or several packed ones.
  /// Integers that do not fit into `Int` are left out.
  func integers(_ number: Int, in message: Range<Int>) throws(ConversionError) -> [Int] {
    var integers: [Int] = []
    for field in try fields(in: message) where field.number == number {
      // If the integer is not packed, it follows the tag and ends the field.
      var position = field.payload?.lowerBound ?? field.whole.lowerBound
      if field.payload == nil { _ = try varint(&position, before: field.whole.upperBound) }
      while position < field.whole.upperBound {
        if let value = Int(exactly: try varint(&position, before: field.whole.upperBound)) { integers.append(value) }
      }
    }
    return integers
  }

  /// Returns a copy of a message in which the payload of each field with the given number is replaced by the result of `body`. If the
  /// result is nil, the field stays unchanged.
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

  /// Returns a copy of a message without the first field that has the given number.
  func droppingFirst(_ number: Int, in message: Range<Int>) throws(ConversionError) -> [UInt8] {
    var result = ProtobufMessage()
    var isDropped = false
    for field in try fields(in: message) {
      if field.number == number, !isDropped { isDropped = true } else { result.add(verbatim: bytes[field.whole]) }
    }
    return result.serialized()
  }

  /// Reads a variable-length integer: at most ten bytes, the last of which may contain only one more bit.
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
    ConversionError(.malformed, file.context, "byte \(position) is not the beginning of a valid protobuf field; the file may be damaged")
  }
}
