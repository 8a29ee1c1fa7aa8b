/// Converts TensorFlow Lite networks to ONNX: the three networks of MediaPipe's `face_landmarker.task`.
///
/// Only the operators that the three networks use are supported; any other is refused by name. Values do not change: float16 constants are
/// widened to Float32, and SAME padding is TensorFlow's (asymmetric).
///
/// Images are N×H×W×C in TensorFlow Lite but N×C×H×W in the result. Constants are reordered during the conversion; the result contains a
/// transpose only where a RESHAPE depends on the order of the elements. The first axis, which is 1 in the files, is variable in the result.
///
/// | network | input | outputs |
/// |---|---|---|
/// | `face_detector.tflite` | `input` N×3×128×128, RGB −1…1 | `regressors` N×896×16, `classificators` N×896×1 (logits) |
/// | `face_landmarks_detector.tflite` | `input_12` N×3×256×256, RGB 0…1 | `Identity` N×1434 (478 × x, y, z in pixels of the crop), `Identity_1` N×1 (presence, a logit), `Identity_2` N×1 (tongue out, 0…1) |
/// | `face_blendshapes.tflite` | `serving_default_input_points:0` N×146×2 | `StatefulPartitionedCall:0` N×52 (0…1) |
public enum TensorFlowLiteConverter {
  /// The converter's version, part of the key under which models are cached. It must be increased by every change that gives another ONNX
  /// model for the same file.
  public static let version = "4"

  /// Converts a network.
  ///
  /// Names are kept. An input with three channels (1×H×W×3 in the file) becomes N×3×H×W; other inputs keep their axes. An output of one
  /// pixel (1×1×1×C) becomes N×C, and an output without a batch axis (the 52 blendshapes) gets one.
  ///
  /// - Parameters:
  ///   - tflite: the bytes of the file, which may come from an untrusted source.
  ///   - name: the network's name in messages and in the ONNX graph.
  ///   - metadata: the model's `metadata_props`, e.g. the source's checksum.
  /// - Returns: the bytes of an ONNX model (operator set 17). The same file and metadata give the same bytes.
  /// - Throws: `malformed` if the file contradicts itself, `unsupported` if it uses something that cannot be converted.
  public static func convert(_ tflite: [UInt8], name: String, metadata: [String: String]) throws(ConversionError) -> [UInt8] {
    try convert(tflite, name: name, metadata: metadata, expandedReluSize: TensorFlowLiteTranslation.usualExpandedReluSize)
  }

  /// Converts a network, with a limit for expanding PReLUs that tests can choose.
  ///
  /// - Parameter expandedReluSize: the number of values from which a PReLU is expanded into simpler operators. Tests pass a smaller number,
  ///   because their networks are small.
  package static func convert(
    _ tflite: [UInt8], name: String, metadata: [String: String], expandedReluSize: Int
  ) throws(ConversionError) -> [UInt8] {
    var translation = TensorFlowLiteTranslation(
      try TensorFlowLiteModel(tflite, name: name), name: name, expandedReluSize: expandedReluSize)
    try translation.run()
    return translation.graph.serialized(producerVersion: version, metadata: metadata)
  }
}
