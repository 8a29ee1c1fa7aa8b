import ModelConversion

/// The way in which an installed file is converted to a network's ONNX model.
enum NetworkConversion {
  /// The file is an ONNX model already.
  case none
  /// The file is MediaPipe's bundle, which contains the network.
  case tensorFlowLite(entry: String)
  /// The file is a PyTorch checkpoint.
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

  /// The name and version of the conversion, part of the name under which the result is cached; nil if nothing is converted.
  var identifier: String? {
    switch self {
    case .none: nil
    case .tensorFlowLite: "tflite-\(TensorFlowLiteConverter.version)"
    case .checkpoint(_, let actionUnitsOnly): "checkpoint-\(CheckpointConverter.version)" + (actionUnitsOnly ? "-au" : "")
    }
  }

  /// Converts a file's bytes to the bytes of an ONNX model.
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
