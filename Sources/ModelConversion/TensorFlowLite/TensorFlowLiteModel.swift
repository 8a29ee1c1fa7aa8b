/// The contents of a TensorFlow Lite file: one graph, its tensors, and its operators in order.
///
/// Source of the field numbers: `tensorflow/lite/schema/schema.fbs`, schema version 3.
struct TensorFlowLiteModel {
  enum ElementType: Int8 {
    case float32 = 0
    case float16 = 1
    case int32 = 2
  }

  struct Tensor {
    let table: FlatBufferTable
    let shape: [Int]
    let elementType: ElementType?
    /// The range of a constant's bytes in the file; empty for a computed tensor.
    let data: Range<Int>
  }

  struct Operator {
    let index: Int
    let code: Int
    let name: String
    let inputs: [Int]
    let outputs: [Int]
    let options: FlatBufferTable?

    var context: String { "operator \(index) (\(name))" }
  }

  let reader: ByteReader
  let tensors: [Tensor]
  let operators: [Operator]
  let inputs: [Int]
  let outputs: [Int]

  // Limits that are far above what a face network needs (the mesh has 726 tensors and 471 operators) but low enough to protect memory.
  private static let largestTensorCount = 20_000
  private static let largestOperatorCount = 10_000
  private static let largestElementCount = 1 << 27

  init(_ bytes: [UInt8], name: String) throws(ConversionError) {
    let reader = ByteReader(bytes, context: "TensorFlow Lite file \(name)")
    self.reader = reader
    guard bytes.count >= 8, Array(bytes[4..<8]) == Array("TFL3".utf8) else {
      throw ConversionError(.malformed, reader.context, "it is not a TensorFlow Lite file (it lacks the identifier TFL3)")
    }
    let root = try FlatBufferTable(rootOf: reader)
    let graphs = try root.tables(2, atMost: 16)
    guard graphs.count == 1, let graph = graphs.first else {
      throw ConversionError(.unsupported, reader.context, "it has \(graphs.count) graphs; one is expected")
    }
    let codes = try Self.operatorCodes(root)
    let buffers = try root.tables(4, atMost: Self.largestTensorCount)
    var tensors: [Tensor] = []
    for table in try graph.tables(0, atMost: Self.largestTensorCount) {
      tensors.append(try Self.tensor(table, buffers: buffers))
    }
    var operators: [Operator] = []
    for (index, table) in try graph.tables(3, atMost: Self.largestOperatorCount).enumerated() {
      operators.append(try Self.operation(table, index: index, codes: codes, tensorCount: tensors.count))
    }
    self.tensors = tensors
    self.operators = operators
    inputs = try Self.indices(graph, 1, tensorCount: tensors.count)
    outputs = try Self.indices(graph, 2, tensorCount: tensors.count)
  }

  func name(of tensor: Int) throws(ConversionError) -> String { try tensors[tensor].table.string(3, atMost: 1024) }

  // MARK: constants

  /// Returns the values of a constant. Float16 values are widened to Float32, which is exact.
  func floats(of tensor: Int) throws(ConversionError) -> [Float] {
    let (data, type, count) = (tensors[tensor].data, tensors[tensor].elementType, tensors[tensor].shape.reduce(1, *))
    switch type {
    case .float32 where data.count == 4 * count:
      return try reader.floats(at: data.lowerBound, count: count)
    case .float16 where data.count == 2 * count:
      return reader.bytes.withUnsafeBytes { bytes in
        (0..<count).map { index in
          Float(halfPrecision: UInt16(littleEndian: bytes.loadUnaligned(fromByteOffset: data.lowerBound + 2 * index, as: UInt16.self)))
        }
      }
    default:
      throw ConversionError(
        .malformed, reader.context,
        "constant \(tensor) of shape \(tensors[tensor].shape) has \(data.count) bytes; the size or the type is wrong")
    }
  }

  /// Returns the values of a small constant of 32-bit integers, such as axes, paddings or a shape.
  func integers(of tensor: Int) throws(ConversionError) -> [Int] {
    let data = tensors[tensor].data
    let count = tensors[tensor].shape.reduce(1, *)
    guard tensors[tensor].elementType == .int32, data.count == 4 * count, count <= 64 else {
      throw ConversionError(.unsupported, reader.context, "tensor \(tensor) is not a short constant list of 32-bit integers")
    }
    var values: [Int] = []
    for index in 0..<count { values.append(Int(try reader.int32(at: data.lowerBound + 4 * index))) }
    return values
  }

  // MARK: parts of the file

  private static func operatorCodes(_ root: FlatBufferTable) throws(ConversionError) -> [(code: Int, name: String)] {
    var codes: [(code: Int, name: String)] = []
    for table in try root.tables(1, atMost: 1024) {
      // Codes up to 126 are in the old one-byte field, larger ones only in the new field. The schema says to use the larger of the two
      // values.
      let old: Int8 = try table.integer(0, default: 0)
      let new: Int32 = try table.integer(3, default: 0)
      let code = max(Int(old), Int(new))
      let custom = code == 32 ? try table.string(1, atMost: 256) : ""
      codes.append((code, TensorFlowLiteOperatorNames.name(of: code, custom: custom)))
    }
    return codes
  }

  private static func tensor(_ table: FlatBufferTable, buffers: [FlatBufferTable]) throws(ConversionError) -> Tensor {
    let shape = try table.int32s(0, atMost: 6)
    var count = 1
    for length in shape {
      guard length > 0, length <= largestElementCount, count * length <= largestElementCount else {
        throw ConversionError(.unsupported, table.reader.context, "it has a tensor of shape \(shape)")
      }
      count *= length
    }
    let type: Int8 = try table.integer(1, default: 0)
    let buffer: UInt32 = try table.integer(2, default: 0)
    var data = 0..<0
    // Buffer 0 is empty by definition: computed tensors refer to it.
    if buffer != 0 {
      guard buffer < buffers.count else {
        throw ConversionError(.malformed, table.reader.context, "a tensor refers to buffer \(buffer) of \(buffers.count)")
      }
      if let bytes = try buffers[Int(buffer)].vector(0, width: 1) { data = bytes.start..<bytes.start + bytes.count }
    }
    return Tensor(table: table, shape: shape, elementType: ElementType(rawValue: type), data: data)
  }

  private static func operation(
    _ table: FlatBufferTable, index: Int, codes: [(code: Int, name: String)], tensorCount: Int
  ) throws(ConversionError) -> Operator {
    let codeIndex: UInt32 = try table.integer(0, default: 0)
    guard codeIndex < codes.count else {
      throw ConversionError(.malformed, table.reader.context, "operator \(index) refers to code \(codeIndex) of \(codes.count)")
    }
    let code = codes[Int(codeIndex)]
    return Operator(
      index: index, code: code.code, name: code.name, inputs: try indices(table, 1, tensorCount: tensorCount),
      outputs: try indices(table, 2, tensorCount: tensorCount), options: try table.table(4))
  }

  /// Returns a field's indices of tensors. Omitted optional inputs (−1) are refused, because the supported networks do not contain them.
  private static func indices(_ table: FlatBufferTable, _ field: Int, tensorCount: Int) throws(ConversionError) -> [Int] {
    let indices = try table.int32s(field, atMost: 64)
    guard indices.allSatisfy({ $0 >= 0 && $0 < tensorCount }) else {
      throw ConversionError(.malformed, table.reader.context, "an operator refers to a tensor that does not exist: \(indices)")
    }
    return indices
  }
}
