public import FaceNetworks
import Imaging
public import Inference
public import Measures

/// Engine `openface3`: OpenFace 3.0's networks. RetinaFace finds the face, the multitask network gives eight Action Units, and AU45 comes
/// from the eyes' opening.
///
/// The eight values are the network's outputs, which are between 0 and 1: cosines trained to detect "DISFA intensity 2 or more", not
/// intensities on a scale of five. As in the original SplitFace, they are clipped to 0…5 and otherwise unchanged. AU45 is on 0–5. A unit is
/// present above 0.5. As in the original SplitFace, this includes AU45, which therefore is present when an eye is a tenth closed.
///
/// The eyes' opening is taken from the first of these that is available: STAR's landmarks; the sample's `eyeAspectRatio` (in a mirrored
/// image, both eyes show the same eye of the source, and the source's mesh is known); the sample's own mesh. If none is available, AU45 is
/// not provided.
public final class OpenFace3Engine: ActionUnitEngine {
  /// The units of the multitask network's outputs, in order.
  package static let units: [ActionUnit] = MultitaskNetwork.actionUnitNumbers.compactMap(ActionUnit.init(rawValue:))

  public let measures: MeasureSet
  public let sessions: [InferenceSession]

  public let draftsAtOnce: Int

  private let boxes: FaceBoxFinder
  private let multitask: MultitaskNetwork
  private let star: StarLandmarker?
  private let extras: Bool

  /// Creates the engine.
  /// - Parameters:
  ///   - retinaFace: finds the face.
  ///   - multitask: measures the eight units, and emotion and gaze.
  ///   - star: finds the landmarks of the eyes. It takes longer than all other networks together.
  ///   - extras: whether emotion and gaze are measured.
  ///   - draftsAtOnce: the number of faces that it is most efficient to complete together.
  ///   - sessions: the sessions of the networks, for the record.
  public init(
    retinaFace: RetinaFaceDetector, multitask: MultitaskNetwork, star: StarLandmarker? = nil, extras: Bool = false,
    draftsAtOnce: Int = 1, sessions: [InferenceSession] = []
  ) {
    boxes = FaceBoxFinder(detector: retinaFace)
    self.multitask = multitask
    self.star = star
    self.extras = extras
    self.draftsAtOnce = draftsAtOnce
    self.sessions = sessions
    measures = MeasureSet(
      provider: "openface3", measures: ActionUnit.allCases.map { Self.measure($0, usesStar: star != nil) },
      caveat: "\(Self.caveat) \(EngineCaveat.mirrored)")
  }

  private static func measure(_ unit: ActionUnit, usesStar: Bool) -> MeasureID {
    if let index = units.firstIndex(of: unit) {
      return unit.measure(highest: 1, origin: "OpenFace 3.0's multitask network, output \(index + 1) of 8, 0 to 1", caveat: caveat)
    }
    let eyes = "eye aspect ratio (0.25 to 0.05) of " + (usesStar ? "STAR's landmarks" : "the face mesh")
    return unit.measure(highest: 5, origin: unit == .au45 ? eyes : nil, caveat: "")
  }

  static let caveat =
    "OpenFace 3.0's network gives values from 0 to 1 for eight Action Units, trained to tell whether a movement is there (DISFA "
    + "intensity 2 or more). They are not intensities on FACS's scale of five."

  public func locate(_ sample: FaceSample, after trail: inout FaceTrail) throws -> FaceSample {
    var sample = sample
    sample.search = try boxes.box(in: sample, after: &trail).map { .found($0.detection) } ?? .noFace
    return sample
  }

  public func begin(_ samples: [FaceSample]) throws -> [ActionUnitDraft] {
    var trail = FaceTrail()
    let samples = try samples.map { $0.search == .notDone ? try locate($0, after: &trail) : $0 }
    let found = samples.indices.compactMap { index in
      if case .found(let detection) = samples[index].search { (index: index, detection: detection) } else { nil }
    }
    let faces = found.map { (image: samples[$0.index].image, box: $0.detection.box) }
    let begun = try multitask.begin(on: faces, extras: extras)
    let landmarks = try star?.run(on: faces)
    var drafts = [ActionUnitDraft](repeating: ActionUnitDraft(.noFace), count: samples.count)
    for (position, face) in found.enumerated() {
      let eyes = landmarks.map { EyeAspectRatio(wflw: $0[position]).mean } ?? Self.eyeAspectRatio(of: samples[face.index])
      drafts[face.index].detection = face.detection
      drafts[face.index].multitask = (begun[position], eyes)
    }
    return drafts
  }

  public func finish(_ drafts: [ActionUnitDraft]) throws -> [ActionUnitReading] {
    let results = try multitask.finish(drafts.map { $0.multitask?.draft ?? .nothing })
    return zip(drafts, results).map { draft, result in
      guard let result, let detection = draft.detection else { return .noFace }
      return Self.reading(result, eyeAspectRatio: draft.multitask?.eyeAspectRatio, detection: detection)
    }
  }

  private static let presenceThreshold = 0.5

  private static func eyeAspectRatio(of sample: FaceSample) -> Double? {
    sample.eyeAspectRatio ?? sample.mesh.map { EyeAspectRatio(mesh: $0.landmarks).mean }
  }

  /// Assigns the network's eight outputs to their units.
  package static func reading(
    _ result: MultitaskNetwork.Result, eyeAspectRatio: Double?, detection: RetinaFaceDetector.Detection
  ) -> ActionUnitReading {
    var intensity = ActionUnitValues()
    var presence = ActionUnitValues()
    for (unit, value) in zip(units, result.actionUnits) {
      intensity[unit] = min(max(value, 0), 5)
    }
    if let eyeAspectRatio { intensity[.au45] = EyeAspectRatio.blinkIntensity(eyeAspectRatio) }
    for unit in intensity.provided { presence[unit] = OpenFaceTable.printed(intensity[unit]) > presenceThreshold ? 1 : 0 }
    var reading = ActionUnitReading(confidence: detection.score, intensity: intensity, presence: presence)
    reading.emotion = result.emotion
    reading.gaze = result.gaze
    reading.box = detection.box
    return reading
  }
}
