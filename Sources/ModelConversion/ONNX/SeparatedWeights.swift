/// An ONNX model whose large constants are moved to a separate file, which ONNX calls *external data*.
///
/// ONNX Runtime and OpenVINO map such a file into memory. If the weights are inside the model instead, they are copied several times. With
/// separate weights, a session of a large network therefore takes much less memory and is created much faster.
///
/// Everything except the large constants is copied byte by byte, so models of any origin and version can be converted; nothing in them is
/// trusted.
///
/// Formats: `onnx.proto3` (`ModelProto`, `GraphProto`, `TensorProto.external_data`), protobuf.dev/programming-guides/encoding, and
/// ONNX's "External Data" document (keys `location`, `offset`, `length`; offsets on whole pages for mapping).
package struct SeparatedWeights: Sendable {
  /// The version of this format, part of the key under which models are cached. It must be increased by every change that gives other bytes
  /// for the same model.
  package static let version = "1"

  /// The model without the large constants.
  package let model: [UInt8]
  /// For each large constant, its position in the file of weights (ascending) and its range in the original model.
  package let pieces: [(offset: Int, source: Range<Int>)]

  /// The smallest size in bytes of a constant that is moved; smaller ones stay in the model.
  package static let smallestPiece = 64 << 10
  /// The smallest total size, in bytes, at which the large constants are moved. Moving less gains nothing.
  package static let smallestTotal = 4 << 20
  private static let alignment = 4096

  /// Moves the large constants of a model to a separate file.
  ///
  /// - Parameters:
  ///   - original: the bytes of an ONNX model.
  ///   - location: the name that the file of weights will have, in the model's folder.
  ///   - smallestPiece: the size of the smallest constant that is moved, in bytes.
  ///   - smallestTotal: the smallest number of bytes that must be moved in total.
  /// - Returns: nil if the large constants are too small in total, or if some constants are in other files already.
  /// - Throws: `malformed` if the bytes are not a protobuf message.
  package init?(
    _ original: [UInt8], location: String, smallestPiece: Int = Self.smallestPiece, smallestTotal: Int = Self.smallestTotal
  ) throws(ConversionError) {
    guard original.count >= smallestTotal else { return nil }
    var pieces: [(offset: Int, source: Range<Int>)] = []
    var end = 0
    let reader = ProtobufReader(original, context: "ONNX model")
    let model = try reader.rewriting(reader.whole, field: ONNXField.Model.graph) { graph throws(ConversionError) in
      try reader.rewriting(graph, field: ONNXField.Graph.initializer) { tensor throws(ConversionError) in
        guard let piece = try Self.raw(reader.fields(in: tensor), atLeast: smallestPiece) else { return nil }
        let offset = (end + Self.alignment - 1) / Self.alignment * Self.alignment
        end = offset + piece.count
        pieces.append((offset, piece))
        return try Self.reference(to: offset, piece.count, in: location, for: tensor, reader)
      }
    }
    guard try !Self.hasExternalData(reader), pieces.reduce(0, { $0 + $1.source.count }) >= smallestTotal else { return nil }
    self.model = model
    self.pieces = pieces
  }

  /// Returns the range of the raw data of a `TensorProto`; nil if the constant stays in the model.
  private static func raw(_ fields: [ProtobufReader.Field], atLeast smallestPiece: Int) -> Range<Int>? {
    let raw = fields.filter { $0.number == ONNXField.Tensor.rawData && $0.payload != nil }
    // If a field occurs twice, the last one counts. Such a constant is left unchanged.
    guard raw.count == 1, let payload = raw[0].payload, payload.count >= smallestPiece else { return nil }
    return payload
  }

  /// Returns the `TensorProto` with a reference to the file of weights instead of its raw data.
  private static func reference(
    to offset: Int, _ length: Int, in location: String, for tensor: Range<Int>, _ reader: ProtobufReader
  ) throws(ConversionError) -> [UInt8] {
    var message = ProtobufMessage()
    for field in try reader.fields(in: tensor) where ![ONNXField.Tensor.rawData, ONNXField.Tensor.dataLocation].contains(field.number) {
      message.add(verbatim: reader.bytes[field.whole])
    }
    for (key, value) in [("location", location), ("offset", String(offset)), ("length", String(length))] {
      var entry = ProtobufMessage()
      entry.add(1, string: key)
      entry.add(2, string: value)
      message.add(ONNXField.Tensor.externalData, message: entry)
    }
    message.add(ONNXField.Tensor.dataLocation, varint: 1)
    return message.serialized()
  }

  /// Returns whether constants of the graph are in other files. Such models are not converted: the paths of these files are relative to the
  /// model's folder, but the converted model is in the cache's folder.
  private static func hasExternalData(_ reader: ProtobufReader) throws(ConversionError) -> Bool {
    for graph in try reader.fields(in: reader.whole) where graph.number == ONNXField.Model.graph {
      guard let graph = graph.payload else { continue }
      for tensor in try reader.fields(in: graph) where tensor.number == ONNXField.Graph.initializer {
        guard let tensor = tensor.payload else { continue }
        if try reader.fields(in: tensor).contains(where: { $0.number == ONNXField.Tensor.externalData }) { return true }
      }
    }
    return false
  }
}
