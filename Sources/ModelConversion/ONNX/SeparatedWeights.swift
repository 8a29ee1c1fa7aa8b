/// An ONNX model with its large constants in a file of their own, as ONNX's *external data*.
///
/// ONNX Runtime and OpenVINO map such a file instead of copying the weights several times out of one message: a session of a network
/// of 100 MB takes half the memory and half the time to make. Everything but the large constants is copied byte by byte, so that
/// models of any origin and version go through; nothing in them is trusted.
///
/// Formats: `onnx.proto3` (`ModelProto`, `GraphProto`, `TensorProto.external_data`), protobuf.dev/programming-guides/encoding, and
/// ONNX's "External Data" document (keys `location`, `offset`, `length`; offsets on whole pages for mapping).
package struct SeparatedWeights: Sendable {
  /// Changes whenever the same model would give other bytes.
  package static let version = "1"

  /// The model without the large constants.
  package let model: [UInt8]
  /// Where each large constant goes in the file of weights (ascending), and where it stands in the original model.
  package let pieces: [(offset: Int, source: Range<Int>)]

  /// Constants of fewer bytes stay in the model.
  package static let smallestPiece = 64 << 10
  /// Of less than this in all, nothing would be gained.
  package static let smallestTotal = 4 << 20
  private static let alignment = 4096

  /// - Parameters:
  ///   - original: the bytes of an ONNX model.
  ///   - location: the name that the file of weights will have, beside the model.
  ///   - smallestPiece: bytes of the smallest constant that moves.
  ///   - smallestTotal: bytes that must move in all.
  /// - Returns: nil if there is nothing to be gained, or if some of its constants are in other files already.
  /// - Throws: `ConversionError.malformed` if it is no protobuf message.
  package init?(
    _ original: [UInt8], location: String, smallestPiece: Int = Self.smallestPiece, smallestTotal: Int = Self.smallestTotal
  ) throws(ConversionError) {
    guard original.count >= smallestTotal else { return nil }
    var pieces: [(offset: Int, source: Range<Int>)] = []
    var end = 0
    let reader = ProtobufReader(original, context: "ONNX model")
    let model = try reader.rewriting(reader.whole, field: 7) { graph throws(ConversionError) in
      try reader.rewriting(graph, field: 5) { tensor throws(ConversionError) in
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

  /// The bytes of a constant that is to move, if this `TensorProto` is one.
  private static func raw(_ fields: [ProtobufReader.Field], atLeast smallestPiece: Int) -> Range<Int>? {
    let raw = fields.filter { $0.number == TensorField.rawData && $0.payload != nil }
    // Of a field that comes twice the last counts; who writes so is left alone.
    guard raw.count == 1, let payload = raw[0].payload, payload.count >= smallestPiece else { return nil }
    return payload
  }

  /// The `TensorProto` with a reference in place of its bytes.
  private static func reference(
    to offset: Int, _ length: Int, in location: String, for tensor: Range<Int>, _ reader: ProtobufReader
  ) throws(ConversionError) -> [UInt8] {
    var message = ProtobufMessage()
    for field in try reader.fields(in: tensor) where field.number != TensorField.rawData && field.number != TensorField.dataLocation {
      message.add(verbatim: reader.bytes[field.whole])
    }
    for (key, value) in [("location", location), ("offset", String(offset)), ("length", String(length))] {
      var entry = ProtobufMessage()
      entry.add(1, string: key)
      entry.add(2, string: value)
      message.add(TensorField.externalData, message: entry)
    }
    message.add(TensorField.dataLocation, varint: 1)
    return message.serialized()
  }

  /// Whether constants of the graph lie in other files, whose places are given from where the model lies.
  private static func hasExternalData(_ reader: ProtobufReader) throws(ConversionError) -> Bool {
    for graph in try reader.fields(in: reader.whole) where graph.number == 7 {
      guard let graph = graph.payload else { continue }
      for tensor in try reader.fields(in: graph) where tensor.number == 5 {
        guard let tensor = tensor.payload else { continue }
        if try reader.fields(in: tensor).contains(where: { $0.number == TensorField.externalData }) { return true }
      }
    }
    return false
  }

  /// Numbers of fields of `TensorProto`.
  private enum TensorField {
    static let rawData = 9
    static let externalData = 13
    static let dataLocation = 14
  }
}
