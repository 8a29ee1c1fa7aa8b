/// Removes the parts of an ONNX model that are needed only by unwanted outputs.
///
/// The other parts are copied byte by byte, so models of any origin and version can be pruned; nothing in them is trusted.
/// Format: `onnx.proto3` (`ModelProto`, `GraphProto`, `NodeProto`, `TensorProto`, `ValueInfoProto`, `AttributeProto`).
package enum PrunedModel {
  /// Removes all outputs except those to be kept.
  /// - Parameters:
  ///   - outputs: the names of the outputs to keep.
  ///   - original: the bytes of an ONNX model.
  /// - Returns: nil if nothing can be removed, if an output is missing, or if an operator contains a graph, which may use values other than
  ///   the operator's inputs.
  /// - Throws: `malformed` if the bytes are not a protobuf message.
  package static func keeping(_ outputs: Set<String>, of original: [UInt8]) throws(ConversionError) -> [UInt8]? {
    let reader = ProtobufReader(original, context: "ONNX model")
    guard let graph = try reader.graph() else { return nil }
    let fields = try reader.fields(in: graph)
    guard try reader.valueNames(ONNXField.Graph.output, among: fields).isStrictSuperset(of: outputs) else { return nil }
    return try part(of: original, leadingTo: outputs, fields, reader)
  }

  /// Removes the finest grid of a detector. Each output must come from one concatenation of the results of several grids; the first result
  /// is removed, with everything that is needed only for it.
  /// - Parameters:
  ///   - original: the bytes of an ONNX model.
  ///   - outputs: the names of the outputs to keep, each N×results×values.
  ///   - grids: the number of grids; the first is the finest.
  /// - Returns: nil if an output is missing or is not computed in this way.
  /// - Throws: `malformed` if the bytes are not a protobuf message.
  package static func withoutFinestGrid(
    of original: [UInt8], outputs: Set<String>, grids: Int
  ) throws(ConversionError) -> [UInt8]? {
    let reader = ProtobufReader(original, context: "ONNX model")
    guard let graph = try reader.graph() else { return nil }
    let fields = try reader.fields(in: graph)
    guard try reader.valueNames(ONNXField.Graph.output, among: fields).isSuperset(of: outputs) else { return nil }
    var makers: [String: Range<Int>] = [:]
    for node in fields where node.number == ONNXField.Graph.node {
      guard let payload = node.payload else { return nil }
      for name in try reader.strings(ONNXField.Node.output, in: payload) { makers[name] = payload }
    }
    var joins: Set<Range<Int>> = []
    for output in outputs {
      guard let join = try concatenation(behind: output, makers, reader),
        try reader.strings(ONNXField.Node.input, in: join).count == grids
      else { return nil }
      joins.insert(join)
    }
    let bytes = try reader.rewriting(graph, field: ONNXField.Graph.node) { node throws(ConversionError) in
      joins.contains(node) ? try reader.droppingFirst(ONNXField.Node.input, in: node) : nil
    }
    let model = try reader.rewriting(reader.whole, field: ONNXField.Model.graph) { _ throws(ConversionError) in bytes }
    let rewritten = ProtobufReader(model, context: "ONNX model")
    guard let graph = try rewritten.graph() else { return nil }
    return try part(of: model, leadingTo: outputs, rewritten.fields(in: graph), rewritten)
  }

  /// Returns the concatenation from which `value` is computed. All operators between them must treat each detection separately. Returns nil
  /// if there is no such concatenation.
  private static func concatenation(
    behind value: String, _ makers: [String: Range<Int>], _ reader: ProtobufReader
  ) throws(ConversionError) -> Range<Int>? {
    let passed: Set = ["Softmax", "Reshape", "Split", "Identity"]
    var value = value
    for _ in 0..<8 {
      guard let node = makers[value], let type = try reader.strings(ONNXField.Node.operatorType, in: node).first else { return nil }
      if type == "Concat" { return node }
      guard passed.contains(type), let input = try reader.strings(ONNXField.Node.input, in: node).first else { return nil }
      value = input
    }
    return nil
  }

  private static func part(
    of original: [UInt8], leadingTo outputs: Set<String>, _ fields: [ProtobufReader.Field], _ reader: ProtobufReader
  ) throws(ConversionError) -> [UInt8]? {
    guard let needed = try needed(outputs, nodes: fields, reader) else { return nil }
    var kept = ProtobufMessage()
    for field in fields where try reader.isNeeded(field, values: needed, inputs: nil, outputs: outputs) {
      kept.add(verbatim: original[field.whole])
    }
    let bytes = kept.serialized()
    return try reader.rewriting(reader.whole, field: ONNXField.Model.graph) { _ throws(ConversionError) in bytes }
  }

  /// Returns the names of all values that the outputs need. In ONNX, each node comes after the nodes whose outputs it uses.
  private static func needed(
    _ outputs: Set<String>, nodes fields: [ProtobufReader.Field], _ reader: ProtobufReader
  ) throws(ConversionError) -> Set<String>? {
    var needed = outputs
    for node in fields.reversed() where node.number == ONNXField.Graph.node {
      guard let payload = node.payload, try !reader.hasGraph(node: payload) else { return nil }
      if try needed.isDisjoint(with: reader.strings(ONNXField.Node.output, in: payload)) { continue }
      needed.formUnion(try reader.strings(ONNXField.Node.input, in: payload))
    }
    return needed
  }
}
