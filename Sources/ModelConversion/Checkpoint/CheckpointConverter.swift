/// Converts PyTorch checkpoints of OpenFace 3.0's networks to ONNX models, without Python or PyTorch.
///
/// Both containers of PyTorch can be read: the zip file that it writes today, and the sequence of pickles that it wrote before 1.6. Nothing
/// in a checkpoint is ever executed: ``PickleMachine`` interprets its pickle and refuses every global that a state dictionary does not
/// need. Layer widths are taken from the tensors. A tensor that is missing or unused, or whose shape does not fit the architecture, is an
/// error.
public enum CheckpointConverter {
  /// The converter's version, part of the key under which models are cached. It must be increased by every change that gives another ONNX
  /// model for the same checkpoint.
  public static let version = "1"

  public enum Architecture: String, CaseIterable, Sendable {
    /// Input: `image` N×3×H×W (BGR minus (104, 117, 123); any H and W). Outputs for A anchors: `loc` N×A×4, `conf` N×A×2 (softmax:
    /// background, face), `landms` N×A×10.
    case retinaface
    /// Input: `image` N×3×224×224 (RGB, ImageNet-normalised). Outputs: `emotion` N×8 (logits), `gaze` N×2 (yaw, pitch, radians), `au` N×8
    /// (cosines, 0…1, for AU 1, 2, 4, 6, 9, 12, 25, 26).
    case multitask
    /// Input: `image` N×3×256×256 (BGR, value/127.5 − 1). Output: `landmarks` N×98×2 (x, y; −1…1 between the centres of the first and the last
    /// pixel).
    case star
  }

  /// Converts a checkpoint to the bytes of an ONNX model (operator set 17, Float32, variable batch size).
  ///
  /// - Parameters:
  ///   - checkpoint: the bytes of the file, which may come from an untrusted source.
  ///   - architecture: the network that the checkpoint is for.
  ///   - metadata: entries of the model's metadata besides `architecture` and `converter`, e.g. the source's name and checksum.
  ///   - actionUnitsOnly: whether to keep only the Action Unit branch of the multitask network.
  /// - Throws: `refused` if the file asks for anything to be executed; `missing`, `misshapen` or `unexpected`, with a tensor's name, if the
  ///   file is for another network; `malformed` or `unsupported` if it cannot be read.
  public static func convert(
    _ checkpoint: [UInt8], as architecture: Architecture, metadata: [String: String] = [:], actionUnitsOnly: Bool = false
  ) throws(ConversionError) -> [UInt8] {
    let graph = try graph(StateDictionary(checkpoint: checkpoint), architecture, actionUnitsOnly: actionUnitsOnly)
    var metadata = metadata
    metadata["architecture"] = architecture.rawValue + (actionUnitsOnly && architecture == .multitask ? ", action units only" : "")
    metadata["converter"] = "SplitFace checkpoint converter \(version)"
    return graph.serialized(producerVersion: version, metadata: metadata)
  }

  private static func graph(
    _ state: StateDictionary, _ architecture: Architecture, actionUnitsOnly: Bool
  ) throws(ConversionError) -> ONNXGraph {
    var state = state
    // These tensors count the training steps of batch normalisation; no result depends on them.
    state.drop { $0.hasSuffix(".num_batches_tracked") }
    return switch architecture {
    case .retinaface: try RetinaFaceGraph.build(state)
    case .multitask: try MultitaskGraph.build(state, actionUnitsOnly: actionUnitsOnly)
    case .star: try StarGraph.build(state)
    }
  }
}
