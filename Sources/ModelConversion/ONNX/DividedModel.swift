/// An ONNX model in two: a backbone, up to what it has pooled of a picture, and the head that works on that.
///
/// The two may then run on batches of different sizes. Everything is copied byte by byte, as in `PrunedModel`.
package struct DividedModel: Sendable {
  /// From the picture to `features`, N×`width`.
  package let backbone: [UInt8]
  /// From `features` on.
  package let head: [UInt8]

  /// - Parameters:
  ///   - original: the bytes of an ONNX model whose last global pooling is followed by a matrix product with a constant.
  ///   - outputs: names of the outputs to keep.
  /// - Returns: nil where the model is made otherwise, for instance where the head sees more than what was pooled.
  /// - Throws: `ConversionError.malformed` if it is no protobuf message.
  package init?(_ original: [UInt8], outputs: Set<String>) throws(ConversionError) {
    let reader = ProtobufReader(original, context: "ONNX model")
    let graphs = try reader.fields(in: reader.whole).filter { $0.number == ONNXField.Model.graph }
    guard graphs.count == 1, let graph = graphs[0].payload else { return nil }
    let fields = try reader.fields(in: graph)
    var nodes: [Node] = []
    for field in fields where field.number == ONNXField.Graph.node {
      guard let payload = field.payload, let node = try Node(payload, reader) else { return nil }
      nodes.append(node)
    }
    guard let batch = try ONNXInputDimensions.batchName(of: original), let pool = nodes.last(where: \.pools) else { return nil }
    var features = pool.outputs[0]
    if let flat = Self.only(features, nodes), ["Flatten", "Reshape", "Squeeze"].contains(flat.type) { features = flat.outputs[0] }
    guard let width = try Self.width(of: features, nodes, fields, reader) else { return nil }

    var front: Set<String> = [features]
    for node in nodes.reversed() where !front.isDisjoint(with: node.outputs) { front.formUnion(node.inputs) }
    var back = outputs
    for node in nodes.reversed() where !back.subtracting([features]).isDisjoint(with: node.outputs) { back.formUnion(node.inputs) }
    // Whatever both need, constants apart, must be the features.
    let made = Set(nodes.filter { !$0.inputs.isEmpty }.flatMap(\.outputs))
    let given = try Self.names(of: ONNXField.Graph.input, fields, reader)
    guard outputs.isSubset(of: try Self.names(of: ONNXField.Graph.output, fields, reader)), back.contains(features),
      front.intersection(back).intersection(made.union(given)) == [features]
    else { return nil }

    let value = Self.value(named: features, shape: (batch, width))
    backbone = try Self.model(reader, fields, values: front, addition: (ONNXField.Graph.output, value), inputs: given, outputs: [])
    back.remove(features)
    head = try Self.model(reader, fields, values: back, addition: (ONNXField.Graph.input, value), inputs: [], outputs: outputs)
  }

  private struct Node {
    let type: String
    let inputs, outputs: [String]
    let payload: Range<Int>

    /// Nil for a node with a graph of its own, whose use of other values is not told.
    init?(_ payload: Range<Int>, _ reader: ProtobufReader) throws(ConversionError) {
      guard try !PrunedModel.hasGraph(payload, reader) else { return nil }
      self.payload = payload
      type = try reader.strings(ONNXField.Node.operatorType, in: payload).first ?? ""
      inputs = try reader.strings(ONNXField.Node.input, in: payload).filter { !$0.isEmpty }
      outputs = try reader.strings(ONNXField.Node.output, in: payload)
      if outputs.isEmpty { return nil }
    }

    var pools: Bool { type == "GlobalAveragePool" || type == "ReduceMean" }
  }

  /// The node that alone uses a value.
  private static func only(_ value: String, _ nodes: [Node]) -> Node? {
    let users = nodes.filter { $0.inputs.contains(value) }
    return users.count == 1 ? users[0] : nil
  }

  /// The length of the vectors that a matrix product takes, from the size of its constant matrix.
  private static func width(
    of features: String, _ nodes: [Node], _ fields: [ProtobufReader.Field], _ reader: ProtobufReader
  ) throws(ConversionError) -> Int? {
    guard let product = nodes.first(where: { $0.inputs.first == features && ["Gemm", "MatMul"].contains($0.type) }),
      product.inputs.count > 1
    else { return nil }
    var isTransposed = false
    for attribute in try reader.fields(in: product.payload) where attribute.number == ONNXField.Node.attribute {
      guard let payload = attribute.payload, try reader.strings(ONNXField.Attribute.name, in: payload) == ["transB"] else { continue }
      isTransposed = try reader.integers(ONNXField.Attribute.integer, in: payload) == [1]
    }
    for field in fields where field.number == ONNXField.Graph.initializer {
      guard let payload = field.payload, try reader.strings(ONNXField.Tensor.name, in: payload) == [product.inputs[1]] else { continue }
      let dimensions = try reader.integers(ONNXField.Tensor.dimensions, in: payload)
      return dimensions.count == 2 ? dimensions[isTransposed ? 1 : 0] : nil
    }
    return nil
  }

  private static func names(
    of number: Int, _ fields: [ProtobufReader.Field], _ reader: ProtobufReader
  ) throws(ConversionError) -> Set<String> {
    var names: Set<String> = []
    for field in fields where field.number == number { names.formUnion(try reader.strings(ONNXField.value, in: field.payload)) }
    return names
  }

  /// A `ValueInfoProto` of 32-bit floats.
  private static func value(named name: String, shape: (batch: String, width: Int)) -> ProtobufMessage {
    var batch = ProtobufMessage()
    batch.add(2, string: shape.batch)
    var width = ProtobufMessage()
    width.add(1, varint: Int64(shape.width))
    var dimensions = ProtobufMessage()
    dimensions.add(1, message: batch)
    dimensions.add(1, message: width)
    var tensor = ProtobufMessage()
    tensor.add(1, varint: Int64(ONNXTensor.ElementType.float.rawValue))
    tensor.add(2, message: dimensions)
    var type = ProtobufMessage()
    type.add(1, message: tensor)
    var value = ProtobufMessage()
    value.add(ONNXField.value, string: name)
    value.add(2, message: type)
    return value
  }

  /// The model with the nodes and constants that make these values, these inputs and outputs, and one more.
  private static func model(
    _ reader: ProtobufReader, _ fields: [ProtobufReader.Field], values: Set<String>, addition: (number: Int, value: ProtobufMessage),
    inputs: Set<String>, outputs: Set<String>
  ) throws(ConversionError) -> [UInt8] {
    var graph = ProtobufMessage()
    for field in fields {
      let isKept =
        switch field.number {
        case ONNXField.Graph.node: try !values.isDisjoint(with: reader.strings(ONNXField.Node.output, in: field.payload))
        case ONNXField.Graph.initializer: try !values.isDisjoint(with: reader.strings(ONNXField.Tensor.name, in: field.payload))
        case ONNXField.Graph.input: try !inputs.isDisjoint(with: reader.strings(ONNXField.value, in: field.payload))
        case ONNXField.Graph.output: try !outputs.isDisjoint(with: reader.strings(ONNXField.value, in: field.payload))
        case ONNXField.Graph.valueInformation: try !values.isDisjoint(with: reader.strings(ONNXField.value, in: field.payload))
        default: true
        }
      if isKept { graph.add(verbatim: reader.bytes[field.whole]) }
    }
    graph.add(addition.number, message: addition.value)
    let bytes = graph.serialized()
    return try reader.rewriting(reader.whole, field: ONNXField.Model.graph) { _ throws(ConversionError) in bytes }
  }
}
