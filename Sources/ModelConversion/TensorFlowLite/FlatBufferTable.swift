/// A table of a flatbuffer (flatbuffers.dev, "FlatBuffers Internals"): numbers, vectors and other tables by field index.
///
/// Offsets in an untrusted file may point anywhere, and tables may overlap or contain each other. Every position that is read from the file
/// is therefore checked, and no chain of tables is followed without a limit.
struct FlatBufferTable {
  let reader: ByteReader
  private let position: Int
  private let fieldOffsets: Range<Int>

  /// Opens the root table, whose offset is at the beginning of the file.
  init(rootOf reader: ByteReader) throws(ConversionError) {
    try self.init(reader, at: Int(try reader.uint32(at: 0)))
  }

  init(_ reader: ByteReader, at position: Int) throws(ConversionError) {
    let distance = Int(try reader.int32(at: position))
    let (table, overflow) = position.subtractingReportingOverflow(distance)
    guard !overflow else { throw ConversionError(.malformed, reader.context, "the table at byte \(position) has no fields") }
    let size = Int(try reader.uint16(at: table))
    guard size >= 4 else { throw ConversionError(.malformed, reader.context, "the field list at byte \(table) has \(size) bytes") }
    let fields = try reader.range(at: table, length: size)
    self.reader = reader
    self.position = position
    self.fieldOffsets = fields.lowerBound + 4..<fields.upperBound
  }

  /// Returns the position of a field's value; nil if the field has its default value.
  private func position(of field: Int) throws(ConversionError) -> Int? {
    let entry = fieldOffsets.lowerBound + 2 * field
    guard entry + 2 <= fieldOffsets.upperBound else { return nil }
    let offset = Int(try reader.uint16(at: entry))
    return offset == 0 ? nil : position + offset
  }

  func integer<Integer: FixedWidthInteger>(_ field: Int, default value: Integer) throws(ConversionError) -> Integer {
    guard let place = try position(of: field) else { return value }
    return try reader.integer(at: place)
  }

  /// Returns the position that an offset field points to; nil if the field is absent.
  private func target(of field: Int) throws(ConversionError) -> Int? {
    guard let place = try position(of: field) else { return nil }
    return place + Int(try reader.uint32(at: place))
  }

  func table(_ field: Int) throws(ConversionError) -> FlatBufferTable? {
    guard let place = try target(of: field) else { return nil }
    return try FlatBufferTable(reader, at: place)
  }

  /// Returns the position of the first element of a vector and the number of elements; nil if there is no vector. Each element has `width`
  /// bytes.
  func vector(_ field: Int, width: Int) throws(ConversionError) -> (start: Int, count: Int)? {
    guard let place = try target(of: field) else { return nil }
    let count = Int(try reader.uint32(at: place))
    _ = try reader.range(at: place + 4, length: count * width)
    return (place + 4, count)
  }

  func int32s(_ field: Int, atMost limit: Int) throws(ConversionError) -> [Int] {
    guard let vector = try vector(field, width: 4) else { return [] }
    try check(vector.count, atMost: limit)
    var values: [Int] = []
    values.reserveCapacity(vector.count)
    for index in 0..<vector.count { values.append(Int(try reader.int32(at: vector.start + 4 * index))) }
    return values
  }

  func tables(_ field: Int, atMost limit: Int) throws(ConversionError) -> [FlatBufferTable] {
    guard let vector = try vector(field, width: 4) else { return [] }
    try check(vector.count, atMost: limit)
    var tables: [FlatBufferTable] = []
    tables.reserveCapacity(vector.count)
    for index in 0..<vector.count {
      let place = vector.start + 4 * index
      tables.append(try FlatBufferTable(reader, at: place + Int(try reader.uint32(at: place))))
    }
    return tables
  }

  func string(_ field: Int, atMost limit: Int) throws(ConversionError) -> String {
    guard let vector = try vector(field, width: 1) else { return "" }
    try check(vector.count, atMost: limit)
    return String(decoding: try reader.bytes(at: vector.start, length: vector.count), as: UTF8.self)
  }

  private func check(_ count: Int, atMost limit: Int) throws(ConversionError) {
    guard count <= limit else {
      throw ConversionError(.malformed, reader.context, "a list has \(count) elements, but at most \(limit) are accepted")
    }
  }
}
