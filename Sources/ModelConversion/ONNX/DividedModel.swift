/// An ONNX model divided in two: a backbone, which computes pooled features from an image, and a head, which computes the outputs from the
/// features.
///
/// Backbone and head can run on batches of different sizes. Everything is copied byte by byte, as in `PrunedModel`.
package struct DividedModel: Sendable {
  /// The model from the image to the features, N×width.
  package let backbone: [UInt8]
  /// The model from the features to the outputs.
  package let head: [UInt8]

  /// Divides a model at the features that its last global pooling computes.
  ///
  /// - Parameters:
  ///   - original: the bytes of an ONNX model whose last global pooling is followed by a matrix product with a constant.
  ///   - outputs: names of the outputs to keep.
  /// - Returns: nil if the model cannot be divided in this way, for instance because the head uses more than the pooled features.
  /// - Throws: `malformed` if the bytes are not a protobuf message.
  package init?(_ original: [UInt8], outputs: Set<String>) throws(ConversionError) {
    let reader = ProtobufReader(original, context: "ONNX model")
    guard let graph = try reader.graph() else { return nil }
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
    // Except for constants, the features must be the only values that both parts need.
    let made = Set(nodes.filter { !$0.inputs.isEmpty }.flatMap(\.outputs))
    let given = try reader.valueNames(ONNXField.Graph.input, among: fields)
    guard outputs.isSubset(of: try reader.valueNames(ONNXField.Graph.output, among: fields)), back.contains(features),
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

    /// Reads a node. Nil if the node contains a graph, which may use values other than the node's inputs.
    init?(_ payload: Range<Int>, _ reader: ProtobufReader) throws(ConversionError) {
      guard try !reader.hasGraph(node: payload) else { return nil }
      self.payload = payload
      type = try reader.strings(ONNXField.Node.operatorType, in: payload).first ?? ""
      inputs = try reader.strings(ONNXField.Node.input, in: payload).filter { !$0.isEmpty }
      outputs = try reader.strings(ONNXField.Node.output, in: payload)
      if outputs.isEmpty { return nil }
    }

    var pools: Bool { type == "GlobalAveragePool" || type == "ReduceMean" }
  }

  /// Returns the node that uses a value; nil if none or several do.
  private static func only(_ value: String, _ nodes: [Node]) -> Node? {
    let users = nodes.filter { $0.inputs.contains(value) }
    return users.count == 1 ? users[0] : nil
  }

  /// Returns the length of the feature vectors, which is the number of rows of the constant matrix that they are multiplied by.
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

  /// Makes the `ValueInfoProto` of a value of 32-bit floats.
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

  /// Makes a model that consists of the nodes and constants that compute `values`. It has the given inputs and outputs, and `addition` as
  /// one new input or output.
  private static func model(
    _ reader: ProtobufReader, _ fields: [ProtobufReader.Field], values: Set<String>, addition: (number: Int, value: ProtobufMessage),
    inputs: Set<String>, outputs: Set<String>
  ) throws(ConversionError) -> [UInt8] {
    var graph = ProtobufMessage()
    for field in fields where try reader.isNeeded(field, values: values, inputs: inputs, outputs: outputs) {
      graph.add(verbatim: reader.bytes[field.whole])
    }
    graph.add(addition.number, message: addition.value)
    let bytes = graph.serialized()
    return try reader.rewriting(reader.whole, field: ONNXField.Model.graph) { _ throws(ConversionError) in bytes }
  }
}
