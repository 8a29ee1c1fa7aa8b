public import Inference

/// OpenFace 3.0's multitask network in one piece.
public struct WholeMultitaskNetwork: Sendable {
  private let session: InferenceSession
  private let input: String
  private let actionUnits: String
  /// The outputs for emotion and gaze; nil if the model has only the branch for Action Units.
  private let extras: (emotion: String, gaze: String)?

  /// Creates the network.
  ///
  /// - Parameter session: a session with an input of N×3×224×224 and the outputs `au` (N×8) and, unless they were left out at conversion,
  ///   `emotion` (N×8) and `gaze` (N×2). If its outputs have other names, they must be emotion, gaze and Action Units in this order, or the
  ///   Action Units alone.
  /// - Throws: `FaceNetworkError` if the model does not have these inputs and outputs.
  public init(session: InferenceSession) throws {
    let outputs = session.outputs
    let position = outputs.firstIndex { $0.name == "au" } ?? (outputs.count == 3 ? 2 : outputs.count == 1 ? 0 : nil)
    guard let input = MultitaskCrop.input(of: session), let position,
      outputs[position].shape.last == MultitaskNetwork.actionUnitNumbers.count
    else { throw session.isNot("OpenFace 3.0's multitask network") }
    self.session = session
    self.input = input
    actionUnits = outputs[position].name
    func name(_ name: String, or position: Int) -> String { (outputs.first { $0.name == name } ?? outputs[position]).name }
    extras = outputs.count == 3 ? (emotion: name("emotion", or: 0), gaze: name("gaze", or: 1)) : nil
  }

  /// Runs the network.
  /// - Returns: one result per crop, in the same order.
  func run(on crops: [MultitaskCrop], extras: Bool) throws -> [MultitaskNetwork.Result] {
    let extras = extras ? self.extras : nil
    let wanted = [actionUnits] + (extras.map { [$0.emotion, $0.gaze] } ?? [])
    return try session.inBatches(crops) { batch, slots in
      let outputs = try session.run([(input, MultitaskCrop.tensor(of: batch, slots: slots))], outputs: wanted)
      var results = try outputs[0].rows(slots, of: MultitaskNetwork.actionUnitNumbers.count, from: session.name)
        .map { MultitaskNetwork.Result(actionUnits: $0) }
      guard extras != nil else { return results }
      let emotions = try outputs[1].rows(slots, of: Emotion.allCases.count, from: session.name)
      let gazes = try outputs[2].rows(slots, of: 2, from: session.name)
      for slot in results.indices {
        results[slot].emotion = emotions[slot]
        results[slot].gaze = Gaze(yaw: gazes[slot][0], pitch: gazes[slot][1])
      }
      return results
    }
  }
}
