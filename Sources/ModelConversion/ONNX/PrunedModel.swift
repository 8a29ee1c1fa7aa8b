/// An ONNX model without what only unwanted outputs need.
///
/// Everything that stays is copied byte by byte, so that models of any origin and version go through; nothing in them is trusted.
/// Format: `onnx.proto3` (`ModelProto`, `GraphProto`, `NodeProto`, `TensorProto`, `ValueInfoProto`, `AttributeProto`).
package enum PrunedModel {
  /// - Parameters:
  ///   - original: the bytes of an ONNX model.
  ///   - outputs: names of the outputs to keep.
  /// - Returns: nil where nothing is to be left out, where an output is missing, or where operators hold graphs of their own, whose use of
  ///   other values is not told.
  /// - Throws: `ConversionError.malformed` if it is no protobuf message.
  package static func keeping(_ outputs: Set<String>, of original: [UInt8]) throws(ConversionError) -> [UInt8]? {
    let reader = ProtobufReader(original, context: "ONNX model")
    guard let graph = try graph(reader) else { return nil }
    let fields = try reader.fields(in: graph)
    guard try names(of: fields, reader).isStrictSuperset(of: outputs) else { return nil }
    return try part(of: original, leadingTo: outputs, fields, reader)
  }

  /// A detector without the finest of the grids that it answers on: where each of the outputs comes from one concatenation of several
  /// grids' answers, the first of them is left out, and with it all that only it needs.
  /// - Parameters:
  ///   - outputs: names of the outputs to keep, each 1×answers×values.
  ///   - grids: how many there are, the finest first.
  /// - Returns: nil where an output is missing or comes about in another way.
  /// - Throws: `ConversionError.malformed` if it is no protobuf message.
  package static func withoutFinestGrid(
    of original: [UInt8], outputs: Set<String>, grids: Int
  ) throws(ConversionError) -> [UInt8]? {
    let reader = ProtobufReader(original, context: "ONNX model")
    guard let graph = try graph(reader) else { return nil }
    let fields = try reader.fields(in: graph)
    guard try names(of: fields, reader).isSuperset(of: outputs) else { return nil }
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
    guard let graph = try self.graph(rewritten) else { return nil }
    return try part(of: model, leadingTo: outputs, rewritten.fields(in: graph), rewritten)
  }

  /// The concatenation whose answers reach `value` through operators that take each answer by itself.
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

  private static func graph(_ reader: ProtobufReader) throws(ConversionError) -> Range<Int>? {
    let graphs = try reader.fields(in: reader.whole).filter { $0.number == ONNXField.Model.graph }
    return graphs.count == 1 ? graphs[0].payload : nil
  }

  /// The names of the graph's outputs.
  private static func names(of fields: [ProtobufReader.Field], _ reader: ProtobufReader) throws(ConversionError) -> Set<String> {
    var names: Set<String> = []
    for output in fields where output.number == ONNXField.Graph.output {
      names.formUnion(try reader.strings(ONNXField.value, in: output.payload))
    }
    return names
  }

  private static func part(
    of original: [UInt8], leadingTo outputs: Set<String>, _ fields: [ProtobufReader.Field], _ reader: ProtobufReader
  ) throws(ConversionError) -> [UInt8]? {
    guard let needed = try needed(outputs, nodes: fields, reader) else { return nil }
    var kept = ProtobufMessage()
    for field in fields where try isKept(field, needed: needed, outputs: outputs, reader) { kept.add(verbatim: original[field.whole]) }
    let bytes = kept.serialized()
    return try reader.rewriting(reader.whole, field: ONNXField.Model.graph) { _ throws(ConversionError) in bytes }
  }

  /// The names of all values that lead to the outputs. Nodes stand in an order in which each comes after those that it needs.
  private static func needed(
    _ outputs: Set<String>, nodes fields: [ProtobufReader.Field], _ reader: ProtobufReader
  ) throws(ConversionError) -> Set<String>? {
    var needed = outputs
    for node in fields.reversed() where node.number == ONNXField.Graph.node {
      guard let payload = node.payload, try !hasGraph(payload, reader) else { return nil }
      if try needed.isDisjoint(with: reader.strings(ONNXField.Node.output, in: payload)) { continue }
      needed.formUnion(try reader.strings(ONNXField.Node.input, in: payload))
    }
    return needed
  }

  static func hasGraph(_ node: Range<Int>, _ reader: ProtobufReader) throws(ConversionError) -> Bool {
    for attribute in try reader.fields(in: node) where attribute.number == ONNXField.Node.attribute {
      guard let payload = attribute.payload else { continue }
      if try reader.fields(in: payload).contains(where: { ONNXField.Attribute.graphs.contains($0.number) }) { return true }
    }
    return false
  }

  private static func isKept(
    _ field: ProtobufReader.Field, needed: Set<String>, outputs: Set<String>, _ reader: ProtobufReader
  ) throws(ConversionError) -> Bool {
    switch field.number {
    case ONNXField.Graph.node: try !needed.isDisjoint(with: reader.strings(ONNXField.Node.output, in: field.payload))
    case ONNXField.Graph.initializer: try !needed.isDisjoint(with: reader.strings(ONNXField.Tensor.name, in: field.payload))
    case ONNXField.Graph.output: try !outputs.isDisjoint(with: reader.strings(ONNXField.value, in: field.payload))
    case ONNXField.Graph.valueInformation: try !needed.isDisjoint(with: reader.strings(ONNXField.value, in: field.payload))
    default: true
    }
  }
}

extension ProtobufReader {
  /// The strings of one number in a message, in order.
  func strings(_ number: Int, in message: Range<Int>?) throws(ConversionError) -> [String] {
    guard let message else { return [] }
    return try fields(in: message).compactMap { $0.number == number ? $0.payload : nil }
      .map { String(decoding: bytes[$0], as: UTF8.self) }
  }

  /// The message without the first field of one number.
  func droppingFirst(_ number: Int, in message: Range<Int>) throws(ConversionError) -> [UInt8] {
    var result = ProtobufMessage()
    var isDropped = false
    for field in try fields(in: message) {
      if field.number == number, !isDropped { isDropped = true } else { result.add(verbatim: bytes[field.whole]) }
    }
    return result.serialized()
  }
}
