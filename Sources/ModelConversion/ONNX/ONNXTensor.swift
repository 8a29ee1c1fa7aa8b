/// A constant tensor in row-major order.
package struct ONNXTensor: Sendable {
  /// The type of the elements. The raw values are those of ONNX's `TensorProto.DataType`.
  package enum ElementType: Int64, Sendable {
    case float = 1
    case int64 = 7
  }

  package let elementType: ElementType
  package let shape: [Int]
  /// The elements' bytes, little-endian, as in ONNX's `raw_data`.
  package let rawData: [UInt8]

  package init(_ values: [Float], shape: [Int]) {
    precondition(values.count == shape.reduce(1, *), "a tensor of shape \(shape) has \(values.count) values")
    self.elementType = .float
    self.shape = shape
    self.rawData = Self.littleEndian(values.lazy.map(\.bitPattern), count: values.count)
  }

  package init(_ values: [Int64], shape: [Int]) {
    precondition(values.count == shape.reduce(1, *), "a tensor of shape \(shape) has \(values.count) values")
    self.elementType = .int64
    self.shape = shape
    self.rawData = Self.littleEndian(values, count: values.count)
  }

  private static func littleEndian<Integer: FixedWidthInteger>(_ values: some Sequence<Integer>, count: Int) -> [UInt8] {
    let width = MemoryLayout<Integer>.size
    return [UInt8](unsafeUninitializedCapacity: width * count) { buffer, initialised in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      for value in values {
        raw.storeBytes(of: value.littleEndian, toByteOffset: initialised, as: Integer.self)
        initialised += width
      }
    }
  }

  /// The tensor as `TensorProto` (onnx.proto3).
  func message(name: String) -> ProtobufMessage {
    var tensor = ProtobufMessage()
    for dimension in shape { tensor.add(1, varint: Int64(dimension)) }
    tensor.add(2, varint: elementType.rawValue)
    tensor.add(8, string: name)
    tensor.add(9, bytes: rawData)
    return tensor
  }
}
