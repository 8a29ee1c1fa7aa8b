/// Rewrites PyTorch checkpoints of OpenFace 3.0's networks as ONNX models, without Python or PyTorch.
///
/// Both of PyTorch's containers are read (the zip of today, the run of pickles from before 1.6). Nothing in a checkpoint is ever
/// executed: its pickle is interpreted by ``PickleMachine``, which refuses every global that a state dictionary does not need.
/// Widths come from the tensors; a tensor that is missing, left over or of another shape than the architecture has is an error.
public enum CheckpointConverter {
  /// Changes whenever the same checkpoint would give other ONNX bytes.
  public static let version = "1"

  public enum Architecture: String, CaseIterable, Sendable {
    /// Input `image` N×3×H×W (BGR, minus 104, 117, 123; any H and W); outputs `loc` N×A×4, `conf` N×A×2 (softmax: background, face)
    /// and `landms` N×A×10, for A anchors.
    case retinaface
    /// Input `image` N×3×224×224 (RGB, ImageNet-normalised); outputs `emotion` N×8 (logits), `gaze` N×2 (yaw, pitch, radians) and
    /// `au` N×8 (cosines, 0…1, for AU 1, 2, 4, 6, 9, 12, 25, 26).
    case multitask
    /// Input `image` N×3×256×256 (BGR, value/127.5 − 1); output `landmarks` N×98×2 (x, y; −1…1 between the centres of the first and
    /// last pixels).
    case star
  }

  /// Converts a checkpoint to the bytes of an ONNX model (operator set 17, Float32, batch free).
  ///
  /// - Parameters:
  ///   - checkpoint: the whole file.
  ///   - architecture: which network it is for.
  ///   - metadata: what the model's metadata shall say besides `architecture` and `converter`, e.g. the source's name and checksum.
  ///   - actionUnitsOnly: of the multitask network keep only the branch for Action Units.
  /// - Throws: `ConversionError`; `.refused` if the file asks for anything to be executed, and `.missing`, `.misshapen` or
  ///   `.unexpected`, naming a tensor, if it is another network.
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
    // Batch normalisation counts its training steps; no result depends on it.
    state.drop { $0.hasSuffix(".num_batches_tracked") }
    return switch architecture {
    case .retinaface: try RetinaFaceGraph.build(state)
    case .multitask: try MultitaskGraph.build(state, actionUnitsOnly: actionUnitsOnly)
    case .star: try StarGraph.build(state)
    }
  }
}
