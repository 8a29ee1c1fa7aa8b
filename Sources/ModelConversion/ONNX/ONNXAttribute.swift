/// The value of an attribute of a node.
package enum ONNXAttribute: Sendable {
  case int(Int)
  case float(Float)
  case string(String)
  case ints([Int])

  /// The attribute as `AttributeProto` (onnx.proto3).
  func message(name: String) -> ProtobufMessage {
    var attribute = ProtobufMessage()
    attribute.add(1, string: name)
    switch self {
    case .float(let value):
      attribute.add(2, float: value)
      attribute.add(20, varint: 1)
    case .int(let value):
      attribute.add(3, varint: Int64(value))
      attribute.add(20, varint: 2)
    case .string(let value):
      attribute.add(4, string: value)
      attribute.add(20, varint: 3)
    case .ints(let values):
      for value in values { attribute.add(8, varint: Int64(value)) }
      attribute.add(20, varint: 7)
    }
    return attribute
  }
}
