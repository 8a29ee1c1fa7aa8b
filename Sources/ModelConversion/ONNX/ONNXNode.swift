/// An operator in a graph. Inputs and outputs are names of values; an empty name is an omitted optional input.
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

  /// The node as `NodeProto` (onnx.proto3). Attributes are sorted, so that the same graph always gives the same bytes.
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
