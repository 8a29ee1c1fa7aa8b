/// The value of a node's attribute.
package enum ONNXAttribute: Sendable {
  case int(Int)
  case float(Float)
  case string(String)
  case ints([Int])
  case floats([Float])
  case tensor(ONNXTensor)

  /// `AttributeProto` (onnx.proto3).
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
    case .tensor(let value):
      attribute.add(5, message: value.message(name: nil))
      attribute.add(20, varint: 4)
    case .floats(let values):
      for value in values { attribute.add(7, float: value) }
      attribute.add(20, varint: 6)
    case .ints(let values):
      for value in values { attribute.add(8, varint: Int64(value)) }
      attribute.add(20, varint: 7)
    }
    return attribute
  }
}

/// One operator of a graph. Names of inputs and outputs are names of values; an empty input name is an omitted one.
package struct ONNXNode: Sendable {
  package var operation: String
  package var inputs: [String]
  package var outputs: [String]
  package var attributes: [String: ONNXAttribute]

  package init(_ operation: String, inputs: [String], outputs: [String], attributes: [String: ONNXAttribute] = [:]) {
    self.operation = operation
    self.inputs = inputs
    self.outputs = outputs
    self.attributes = attributes
  }

  /// `NodeProto` (onnx.proto3). Attributes are sorted, so that the same graph is the same bytes every time.
  func message(name: String) -> ProtobufMessage {
    var node = ProtobufMessage()
    for input in inputs { node.add(1, string: input) }
    for output in outputs { node.add(2, string: output) }
    node.add(3, string: name)
    node.add(4, string: operation)
    for (name, attribute) in attributes.sorted(by: { $0.key < $1.key }) { node.add(5, message: attribute.message(name: name)) }
    return node
  }
}
