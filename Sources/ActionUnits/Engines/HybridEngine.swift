public import Inference
public import Measures

/// Engine `hybrid`: what `openface3` provides, and the other units from `mediapipe`.
///
/// The Action Units of both engines have different scales; `measures` states the scale of each. A frame counts as having a face if
/// `openface3` finds one. If `mediapipe` finds none, or the tracker has rejected the face, the Action Units from `mediapipe` are missing.
public final class HybridEngine: ActionUnitEngine {
  public let measures: MeasureSet
  public let sessions: [InferenceSession]

  private let openFace: OpenFace3Engine
  private let mediaPipe: MediaPipeEngine

  public init(openFace: OpenFace3Engine, mediaPipe: MediaPipeEngine) {
    self.openFace = openFace
    self.mediaPipe = mediaPipe
    measures = MeasureSet(
      provider: "hybrid",
      measures: zip(openFace.measures.measures, mediaPipe.measures.measures).map { $0.isProvided ? $0 : $1 },
      caveat: "\(OpenFace3Engine.caveat) The other Action Units are on another scale: \(MediaPipeEngine.caveat) \(EngineCaveat.mirrored)")
    sessions = openFace.sessions + mediaPipe.sessions
  }

  public func locate(_ sample: FaceSample, after trail: inout FaceTrail) throws -> FaceSample {
    try openFace.locate(sample, after: &trail)
  }

  public func begin(_ samples: [FaceSample]) throws -> [ActionUnitDraft] {
    zip(try openFace.begin(samples), try mediaPipe.measure(samples)).map { draft, reading in
      var draft = draft
      draft.other = reading
      return draft
    }
  }

  public func finish(_ drafts: [ActionUnitDraft]) throws -> [ActionUnitReading] {
    zip(try openFace.finish(drafts), drafts).map { reading, draft in draft.other.map { Self.merge(reading, $0) } ?? reading }
  }

  public var draftsAtOnce: Int { openFace.draftsAtOnce }

  package static func merge(_ openFace: ActionUnitReading, _ mediaPipe: ActionUnitReading) -> ActionUnitReading {
    guard openFace.success else { return .noFace }
    var merged = openFace
    merged.disagreement = mediaPipe.disagreement
    for unit in ActionUnit.allCases where openFace.intensity[unit].isNaN {
      merged.intensity[unit] = mediaPipe.intensity[unit]
      merged.presence[unit] = mediaPipe.presence[unit]
    }
    return merged
  }
}
