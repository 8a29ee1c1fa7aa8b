import ActionUnits
import FaceNetworks
import Inference
import ModelStore
import Results

/// How an engine is made: the networks that it needs in addition to those of face tracking, and a closure that creates it.
struct EngineRecipe: Sendable {
  /// The networks that the engine needs, in the order in which the record lists them.
  let networks: [NetworkName]
  /// Whether the engine runs the face mesh itself, in several groups of frames at the same time.
  let runsFaceMesh: Bool
  /// Whether the engine can measure blinks on STAR's landmarks; see `BlinkChoice`.
  let canUseStar: Bool
  /// Creates the engine.
  let make: @Sendable (Parts) throws -> any ActionUnitEngine

  /// The plan and the networks that an engine is created from.
  struct Parts {
    let plan: NetworkPlan
    /// The networks of face tracking.
    let landmarker: FaceLandmarkerNetworks
    /// All networks of the job; the first three are those of face tracking.
    let networks: [OpenedNetwork]
  }

  /// Returns the recipe of an engine; nil for `auto`, which does not name a particular engine.
  static func recipe(of choice: EngineChoice) -> EngineRecipe? {
    switch choice {
    case .auto: nil
    case .mediapipe: EngineRecipe(networks: [], runsFaceMesh: true, canUseStar: false) { $0.mediaPipe }
    case .openface3:
      EngineRecipe(networks: [.retinaface, .multitask], runsFaceMesh: false, canUseStar: true) { try $0.openFace3() }
    case .hybrid:
      EngineRecipe(networks: [.retinaface, .multitask], runsFaceMesh: true, canUseStar: true) {
        HybridEngine(openFace: try $0.openFace3(), mediaPipe: $0.mediaPipe)
      }
    }
  }
}

extension EngineRecipe.Parts {
  private var sessions: [InferenceSession] { networks.map(\.session) }

  fileprivate var mediaPipe: MediaPipeEngine { MediaPipeEngine(networks: landmarker, sessions: Array(sessions.prefix(3))) }

  fileprivate func openFace3() throws -> OpenFace3Engine {
    OpenFace3Engine(
      retinaFace: try networks[.retinaface].retinaFace(), multitask: try networks[.multitask].multitask(),
      star: try networks.first { $0.file.network == .star }.map { try StarLandmarker(session: $0.session) },
      extras: !plan.actionUnitsOnly, draftsAtOnce: networks[.multitask].head == nil ? 1 : MultitaskDivision.facesPerHead,
      sessions: Array(sessions.dropFirst(3)))
  }
}

extension [OpenedNetwork] {
  /// The network of this name. The plan must contain it.
  subscript(_ name: NetworkName) -> OpenedNetwork {
    guard let network = first(where: { $0.file.network == name }) else { preconditionFailure("the plan does not contain \(name)") }
    return network
  }
}
