extension ProtobufReader {
  /// Returns the graph of an ONNX model; nil if the model has no graph or several.
  func graph() throws(ConversionError) -> Range<Int>? {
    let graphs = try fields(in: whole).filter { $0.number == ONNXField.Model.graph }
    return graphs.count == 1 ? graphs[0].payload : nil
  }

  /// Returns the strings in those fields of a message that have the given number, in order.
  func strings(_ number: Int, in message: Range<Int>?) throws(ConversionError) -> [String] {
    guard let message else { return [] }
    return try fields(in: message).compactMap { $0.number == number ? $0.payload : nil }
      .map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  /// Returns the names of a graph's inputs or outputs. They are declared by those fields of the graph that have the given number.
  func valueNames(_ number: Int, among fields: [Field]) throws(ConversionError) -> Set<String> {
    var names: Set<String> = []
    for field in fields where field.number == number { names.formUnion(try strings(ONNXField.value, in: field.payload)) }
    return names
  }

  /// Returns whether a field of a graph must be copied to a part of the graph.
  /// - Parameters:
  ///   - values: the names of the values that the part computes or uses.
  ///   - inputs: the names of the inputs that the part keeps; nil keeps all.
  ///   - outputs: the names of the outputs that the part keeps.
  func isNeeded(_ field: Field, values: Set<String>, inputs: Set<String>?, outputs: Set<String>) throws(ConversionError) -> Bool {
    switch field.number {
    case ONNXField.Graph.node: try !values.isDisjoint(with: strings(ONNXField.Node.output, in: field.payload))
    case ONNXField.Graph.initializer: try !values.isDisjoint(with: strings(ONNXField.Tensor.name, in: field.payload))
    case ONNXField.Graph.input: try inputs?.isDisjoint(with: strings(ONNXField.value, in: field.payload)) != true
    case ONNXField.Graph.output: try !outputs.isDisjoint(with: strings(ONNXField.value, in: field.payload))
    case ONNXField.Graph.valueInformation: try !values.isDisjoint(with: strings(ONNXField.value, in: field.payload))
    default: true
    }
  }

  /// Returns whether an attribute of a node is a graph, which may use values other than the node's inputs.
  func hasGraph(node: Range<Int>) throws(ConversionError) -> Bool {
    for attribute in try fields(in: node) where attribute.number == ONNXField.Node.attribute {
      guard let payload = attribute.payload else { continue }
      if try fields(in: payload).contains(where: { ONNXField.Attribute.graphs.contains($0.number) }) { return true }
    }
    return false
  }
}
