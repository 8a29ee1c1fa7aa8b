/// The names of the dimensions of an ONNX model's inputs.
///
/// Format: `onnx.proto3` (`GraphProto.input`, `ValueInfoProto.type`, `TypeProto.Tensor.shape`, `TensorShapeProto.Dimension.dim_param`).
package enum ONNXInputDimensions {
  /// What the model calls the first dimension, the batch, of its first input.
  /// - Returns: nil where the batch has a fixed size or no name.
  /// - Throws: `ConversionError.malformed` if it is no protobuf message.
  package static func batchName(of model: [UInt8]) throws(ConversionError) -> String? {
    let reader = ProtobufReader(model, context: "ONNX model")
    var message = reader.whole
    // Model, graph, input, type, tensor, shape, dimension, name: each the first of its kind.
    for number in [7, 11, 2, 1, 2, 1, 2] {
      guard let payload = try reader.fields(in: message).first(where: { $0.number == number })?.payload else { return nil }
      message = payload
    }
    return message.isEmpty ? nil : String(decoding: reader.bytes[message], as: UTF8.self)
  }
}
