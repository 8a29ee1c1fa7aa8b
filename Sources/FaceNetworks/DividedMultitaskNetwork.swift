public import Inference

/// The Action Unit branch of OpenFace 3.0's multitask network, divided in two. The backbone computes a feature vector of each face; the
/// head computes the Action Units from the vector.
public struct DividedMultitaskNetwork: Sendable {
  private let backbone: InferenceSession
  private let image: String
  private let head: InferenceSession
  /// The name of the backbone's output and of the head's input.
  private let features: String
  /// The number of values in the feature vector of a face.
  private let width: Int

  /// Creates the network from the sessions of its two parts.
  ///
  /// - Parameters:
  ///   - backbone: a session with an input of N×3×224×224 and an output of N×width.
  ///   - head: a session whose input has the name and width of the backbone's output, and whose output is `au`, N×8.
  /// - Throws: `FaceNetworkError` if the models do not have these inputs and outputs.
  public init(backbone: InferenceSession, head: InferenceSession) throws {
    guard head.inputs.count == 1, let input = head.inputs.first, input.shape.count == 2, let width = input.shape[1],
      head.outputs.map(\.name) == [Self.output], head.outputs[0].shape.last == MultitaskNetwork.actionUnitNumbers.count
    else { throw head.isNot("the head of OpenFace 3.0's multitask network") }
    guard let image = MultitaskCrop.input(of: backbone), backbone.outputs.map(\.name) == [input.name] else {
      throw backbone.isNot("the backbone of OpenFace 3.0's multitask network")
    }
    self.backbone = backbone
    self.image = image
    self.head = head
    features = input.name
    self.width = width
  }

  private static let output = "au"

  /// Runs the backbone.
  /// - Returns: one vector per crop, in the same order.
  func features(of crops: [MultitaskCrop]) throws -> [[Float]] {
    try backbone.inBatches(crops) { batch, slots in
      try backbone.run([(image, MultitaskCrop.tensor(of: batch, slots: slots))], outputs: [features])[0]
        .rows(slots, of: width, from: backbone.name)
    }
  }

  /// Runs the head.
  /// - Parameter vectors: vectors that `features(of:)` returned.
  /// - Returns: one result per vector, in the same order.
  func results(of vectors: [[Float]]) throws -> [MultitaskNetwork.Result] {
    try head.inBatches(vectors) { batch, slots in
      let empty = [Float](repeating: 0, count: (slots - batch.count) * width)
      let tensor = Tensor(shape: [slots, width], scalars: batch.flatMap(\.self) + empty)
      return try head.run([(features, tensor)], outputs: [Self.output])[0]
        .rows(slots, of: MultitaskNetwork.actionUnitNumbers.count, from: head.name).map { MultitaskNetwork.Result(actionUnits: $0) }
    }
  }
}
