/// The element type of a PyTorch storage. Elements are little-endian.
package enum ScalarType: Hashable, Sendable {
  case float16, bfloat16, float32, float64
  case int8, uint8, int16, int32, int64, bool

  /// Finds the type by the name of PyTorch's storage class, e.g. `FloatStorage`; nil for an unknown name.
  init?(storageName: String) {
    switch storageName {
    case "HalfStorage": self = .float16
    case "BFloat16Storage": self = .bfloat16
    case "FloatStorage": self = .float32
    case "DoubleStorage": self = .float64
    case "CharStorage": self = .int8
    case "ByteStorage": self = .uint8
    case "ShortStorage": self = .int16
    case "IntStorage": self = .int32
    case "LongStorage": self = .int64
    case "BoolStorage": self = .bool
    default: return nil
    }
  }

  /// The size of one element, in bytes.
  package var size: Int {
    switch self {
    case .int8, .uint8, .bool: 1
    case .float16, .bfloat16, .int16: 2
    case .float32, .int32: 4
    case .float64, .int64: 8
    }
  }

  /// Reads the element at a byte position as a Float. The position must be within the bytes and may be unaligned.
  func load(_ bytes: UnsafeRawBufferPointer, at position: Int) -> Float {
    func bits<Integer: FixedWidthInteger>(_ type: Integer.Type) -> Integer {
      Integer(littleEndian: bytes.loadUnaligned(fromByteOffset: position, as: type))
    }
    return switch self {
    case .float16: Float(halfPrecision: bits(UInt16.self))
    case .bfloat16: Float(bitPattern: UInt32(bits(UInt16.self)) << 16)
    case .float32: Float(bitPattern: bits(UInt32.self))
    case .float64: Float(Double(bitPattern: bits(UInt64.self)))
    case .int8: Float(bits(Int8.self))
    case .uint8: Float(bits(UInt8.self))
    case .int16: Float(bits(Int16.self))
    case .int32: Float(bits(Int32.self))
    case .int64: Float(bits(Int64.self))
    case .bool: bits(UInt8.self) == 0 ? 0 : 1
    }
  }
}
