/// The names of the dimensions of an ONNX model's inputs.
///
/// Format: `onnx.proto3` (`GraphProto.input`, `ValueInfoProto.type`, `TypeProto.Tensor.shape`, `TensorShapeProto.Dimension.dim_param`).
package enum ONNXInputDimensions {
  /// Returns the name of the first dimension, the batch, of the model's first input.
  /// - Returns: nil if the dimension has a fixed size or no name.
  /// - Throws: `malformed` if the bytes are not a protobuf message.
  package static func batchName(of model: [UInt8]) throws(ConversionError) -> String? {
    let reader = ProtobufReader(model, context: "ONNX model")
    var message = reader.whole
    // The field numbers on the path from the model to the name: graph, input, type, tensor, shape, dimension, name. The first field with
    // each number is used.
    for number in [7, 11, 2, 1, 2, 1, 2] {
      guard let payload = try reader.fields(in: message).first(where: { $0.number == number })?.payload else { return nil }
      message = payload
    }
    return message.isEmpty ? nil : String(decoding: reader.bytes[message], as: UTF8.self)
  }
}
