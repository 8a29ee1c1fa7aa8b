/// TensorFlow Lite networks rewritten as ONNX: for the three networks of MediaPipe's `face_landmarker.task`.
///
/// The operators are those that the three networks use; any other is refused by name. Numbers stay what they are: float16
/// constants are widened to Float32, and SAME padding is what TensorFlow computes (asymmetric). Pictures are N×C×H×W inside,
/// while TensorFlow Lite has N×H×W×C; constants are re-laid during conversion, and a transpose stands in the result only
/// where a RESHAPE reads the order of the elements. The first axis, 1 in the files, is free.
///
/// | network | input | outputs |
/// |---|---|---|
/// | `face_detector.tflite` | `input` N×3×128×128, RGB −1…1 | `regressors` N×896×16, `classificators` N×896×1 (logits) |
/// | `face_landmarks_detector.tflite` | `input_12` N×3×256×256, RGB 0…1 | `Identity` N×1434 (478 × x, y, z in pixels of the crop), `Identity_1` N×1 (presence, a logit), `Identity_2` N×1 (tongue out, 0…1) |
/// | `face_blendshapes.tflite` | `serving_default_input_points:0` N×146×2 | `StatefulPartitionedCall:0` N×52 (0…1) |
public enum TensorFlowLiteConverter {
  /// Goes up whenever the same file would give another ONNX model; part of the key under which converted models are cached.
  public static let version = "4"

  /// Rewrites a network.
  ///
  /// An input of three channels (1×H×W×3 in the file) becomes N×3×H×W; other inputs keep their axes. Names are kept. Outputs
  /// of one pixel (1×1×1×C) become N×C, and an output that has lost the batch axis (the blendshapes' 52) gets it back.
  ///
  /// - Parameters:
  ///   - tflite: the bytes of the file; need not be trusted.
  ///   - name: what the network is called in messages and in the ONNX graph.
  ///   - metadata: goes into the model's `metadata_props` as it is, e.g. the source's checksum.
  /// - Returns: an ONNX model (operator set 17). The same file and metadata give the same bytes.
  /// - Throws: `ConversionError`: `.malformed` when the file contradicts itself, `.unsupported` when it uses something that is
  ///   not converted.
  public static func convert(_ tflite: [UInt8], name: String, metadata: [String: String]) throws(ConversionError) -> [UInt8] {
    try convert(tflite, name: name, metadata: metadata, writtenOutSize: TensorFlowLiteTranslation.usualWrittenOutSize)
  }

  /// - Parameter writtenOutSize: values from which on a PReLU is written out; for tests, whose networks are small.
  package static func convert(
    _ tflite: [UInt8], name: String, metadata: [String: String], writtenOutSize: Int
  ) throws(ConversionError) -> [UInt8] {
    var translation = TensorFlowLiteTranslation(
      try TensorFlowLiteModel(tflite, name: name), name: name, writtenOutSize: writtenOutSize)
    try translation.run()
    return translation.graph.serialized(producerVersion: version, metadata: metadata)
  }
}
