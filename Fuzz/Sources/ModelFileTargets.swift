@testable import ModelConversion

/// Converts a TensorFlow Lite network.
@Sendable func fuzzTensorFlowLite(_ bytes: [UInt8]) {
  _ = try? TensorFlowLiteConverter.convert(bytes, name: "fuzzed", metadata: [:])
}

/// Reads a zip file and its first entries.
@Sendable func fuzzZip(_ bytes: [UInt8]) {
  guard let archive = try? ZipArchive(bytes) else { return }
  for name in archive.names.prefix(64) { _ = try? archive.contents(of: name) }
}

/// Divides, prunes and separates an ONNX model, with the outputs' names in the seeds. The results must be valid files again.
@Sendable func fuzzONNX(_ bytes: [UInt8]) {
  _ = try? ONNXInputDimensions.batchName(of: bytes)
  for outputs in [["y"], ["y", "z"], ["z"]] as [Set<String>] {
    let divided = try? DividedModel(bytes, outputs: outputs)
    let parts = [
      try? PrunedModel.keeping(outputs, of: bytes), try? PrunedModel.withoutFinestGrid(of: bytes, outputs: outputs, grids: 2),
      divided?.backbone, divided?.head,
    ]
    for case let part?? in parts.map(Optional.some) { check(part) }
  }
  // Constants of a single byte are moved too, since the files are small.
  guard let separated = try? SeparatedWeights(bytes, location: "weights", smallestPiece: 1, smallestTotal: 1) else { return }
  check(separated.model)
  var end = 0
  for piece in separated.pieces {
    precondition(piece.offset >= end && piece.source.upperBound <= bytes.count, "a constant is outside the file or overlaps another")
    end = piece.offset + piece.source.count
  }
}

/// Checks that a model is a valid protobuf message.
private func check(_ model: [UInt8]) {
  let reader = ProtobufReader(model, context: "made")
  guard (try? reader.fields(in: reader.whole)) != nil else { preconditionFailure("a valid file became an invalid one") }
}
