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
    let graphs = try reader.fields(in: reader.whole).filter { $0.number == ModelField.graph }
    guard graphs.count == 1, let graph = graphs[0].payload else { return nil }
    let fields = try reader.fields(in: graph)
    var present: Set<String> = []
    for output in fields where output.number == GraphField.output {
      present.formUnion(try reader.strings(1, in: output.payload))
    }
    guard present.isStrictSuperset(of: outputs), let needed = try needed(outputs, nodes: fields, reader) else { return nil }

    var kept = ProtobufMessage()
    for field in fields where try isKept(field, needed: needed, outputs: outputs, reader) { kept.add(verbatim: original[field.whole]) }
    let bytes = kept.serialized()
    return try reader.rewriting(reader.whole, field: ModelField.graph) { _ throws(ConversionError) in bytes }
  }

  /// The names of all values that lead to the outputs. Nodes stand in an order in which each comes after those that it needs.
  private static func needed(
    _ outputs: Set<String>, nodes fields: [ProtobufReader.Field], _ reader: ProtobufReader
  ) throws(ConversionError) -> Set<String>? {
    var needed = outputs
    for node in fields.reversed() where node.number == GraphField.node {
      guard let payload = node.payload, try !hasGraph(payload, reader) else { return nil }
      if try needed.isDisjoint(with: reader.strings(NodeField.output, in: payload)) { continue }
      needed.formUnion(try reader.strings(NodeField.input, in: payload))
    }
    return needed
  }

  private static func hasGraph(_ node: Range<Int>, _ reader: ProtobufReader) throws(ConversionError) -> Bool {
    for attribute in try reader.fields(in: node) where attribute.number == NodeField.attribute {
      guard let payload = attribute.payload else { continue }
      if try reader.fields(in: payload).contains(where: { AttributeField.graphs.contains($0.number) }) { return true }
    }
    return false
  }

  private static func isKept(
    _ field: ProtobufReader.Field, needed: Set<String>, outputs: Set<String>, _ reader: ProtobufReader
  ) throws(ConversionError) -> Bool {
    switch field.number {
    case GraphField.node: try !needed.isDisjoint(with: reader.strings(NodeField.output, in: field.payload))
    case GraphField.initializer: try !needed.isDisjoint(with: reader.strings(8, in: field.payload))
    case GraphField.output: try !outputs.isDisjoint(with: reader.strings(1, in: field.payload))
    case GraphField.valueInformation: try !needed.isDisjoint(with: reader.strings(1, in: field.payload))
    default: true
    }
  }

  private enum ModelField {
    static let graph = 7
  }

  private enum GraphField {
    static let node = 1
    static let initializer = 5
    static let output = 12
    static let valueInformation = 13
  }

  private enum NodeField {
    static let input = 1
    static let output = 2
    static let attribute = 5
  }

  private enum AttributeField {
    static let graphs: Set<Int> = [6, 11]
  }
}

extension ProtobufReader {
  /// The strings of one number in a message.
  fileprivate func strings(_ number: Int, in message: Range<Int>?) throws(ConversionError) -> Set<String> {
    guard let message else { return [] }
    return Set(
      try fields(in: message).compactMap { $0.number == number ? $0.payload : nil }.map { String(decoding: bytes[$0], as: UTF8.self) })
  }
}
