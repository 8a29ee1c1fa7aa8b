import ModelConversion

/// How an installed file becomes a network's ONNX model.
enum NetworkConversion {
  /// The file is ONNX already.
  case none
  /// A network inside MediaPipe's bundle.
  case tensorFlowLite(entry: String)
  case checkpoint(CheckpointConverter.Architecture, actionUnitsOnly: Bool)

  init(_ network: NetworkName, fileName: String, actionUnitsOnly: Bool) {
    if fileName.hasSuffix(".onnx") {
      self = .none
      return
    }
    self =
      switch network {
      case .faceDetector: .tensorFlowLite(entry: "face_detector.tflite")
      case .faceMesh: .tensorFlowLite(entry: "face_landmarks_detector.tflite")
      case .blendshapes: .tensorFlowLite(entry: "face_blendshapes.tflite")
      case .retinaface: .checkpoint(.retinaface, actionUnitsOnly: false)
      case .multitask: .checkpoint(.multitask, actionUnitsOnly: actionUnitsOnly)
      case .star: .checkpoint(.star, actionUnitsOnly: false)
      }
  }

  /// Names the rewriting and its version; a part of the name under which its result is cached. Nil if nothing is rewritten.
  var identifier: String? {
    switch self {
    case .none: nil
    case .tensorFlowLite: "tflite-\(TensorFlowLiteConverter.version)"
    case .checkpoint(_, let actionUnitsOnly): "checkpoint-\(CheckpointConverter.version)" + (actionUnitsOnly ? "-au" : "")
    }
  }

  /// The ONNX model of the file's bytes.
  func convert(_ bytes: [UInt8], metadata: [String: String]) throws(ConversionError) -> [UInt8] {
    switch self {
    case .none: return bytes
    case .tensorFlowLite(let entry):
      let network = try ZipArchive(bytes).contents(of: entry)
      return try TensorFlowLiteConverter.convert(network, name: String(entry.dropLast(".tflite".count)), metadata: metadata)
    case .checkpoint(let architecture, let actionUnitsOnly):
      return try CheckpointConverter.convert(bytes, as: architecture, metadata: metadata, actionUnitsOnly: actionUnitsOnly)
    }
  }
}
