@testable import ModelConversion

@Sendable func fuzzTensorFlowLite(_ bytes: [UInt8]) {
  _ = try? TensorFlowLiteConverter.convert(bytes, name: "fuzzed", metadata: [:])
}

@Sendable func fuzzZip(_ bytes: [UInt8]) {
  guard let archive = try? ZipArchive(bytes) else { return }
  for name in archive.names.prefix(64) { _ = try? archive.contents(of: name) }
}

/// Everything that takes an ONNX file apart, with the names that the seeds use; what comes out must be a sound file again.
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
  // Any constant of a byte or more is moved, so that small files get there.
  guard let separated = try? SeparatedWeights(bytes, location: "weights", smallestPiece: 1, smallestTotal: 1) else { return }
  check(separated.model)
  var end = 0
  for piece in separated.pieces {
    precondition(piece.offset >= end && piece.source.upperBound <= bytes.count, "a constant lies outside or over another")
    end = piece.offset + piece.source.count
  }
}

private func check(_ model: [UInt8]) {
  let reader = ProtobufReader(model, context: "made")
  guard (try? reader.fields(in: reader.whole)) != nil else { preconditionFailure("a sound file became an unsound one") }
}
