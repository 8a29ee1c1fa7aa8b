import FaceNetworks
public import Inference

/// Something that measures Action Units in pictures of a face.
///
/// An engine keeps nothing from one call to the next. What it must remember of a face from frame to frame is in a `FaceTrail`, which the
/// caller holds; so one engine serves several videos, and both sides of each, at once.
public protocol ActionUnitEngine: Sendable {
  /// As it is chosen on the command line: `mediapipe`, `openface3`, `hybrid`.
  var name: String { get }
  /// Where each unit's value comes from, in words; units that this engine does not provide are absent.
  var columnOrigins: [ActionUnit: String] { get }
  /// The sessions that it runs, for the report of what ran where.
  var sessions: [InferenceSession] { get }

  /// Finds the face where the engine looks for it itself, in consecutive frames of one side of one video: searching every frame anew would
  /// cost more than measuring.
  /// - Parameters:
  ///   - trail: what is known from the frames before; a new one for the first frame, and after frames that were left out.
  /// - Returns: the sample with `search` filled in; unchanged where the engine needs no search of its own.
  func locate(_ sample: FaceSample, after trail: inout FaceTrail) throws -> FaceSample

  /// Measures faces, all but what is better done for many of them together.
  /// - Parameter samples: of both sides or one. Those that did not go through `locate` are taken for consecutive frames.
  /// - Returns: one draft a sample, in their order.
  func begin(_ samples: [FaceSample]) throws -> [ActionUnitDraft]

  /// Does the rest.
  /// - Parameter drafts: of any samples of this engine's.
  /// - Returns: one reading a draft, in their order.
  func finish(_ drafts: [ActionUnitDraft]) throws -> [ActionUnitReading]

  /// Drafts that are best finished together.
  var draftsAtOnce: Int { get }
}

extension ActionUnitEngine {
  public func locate(_ sample: FaceSample, after trail: inout FaceTrail) throws -> FaceSample { sample }
  public func finish(_ drafts: [ActionUnitDraft]) throws -> [ActionUnitReading] { drafts.map(\.reading) }
  public var draftsAtOnce: Int { 1 }

  /// Measures faces from beginning to end.
  public func measure(_ samples: [FaceSample]) throws -> [ActionUnitReading] { try finish(begin(samples)) }
}

/// What an engine knows of a face before its last step.
public struct ActionUnitDraft: Sendable {
  /// What is known so far; all there is, unless the engine says otherwise.
  public var reading: ActionUnitReading
  /// The face that was found.
  var detection: RetinaFaceDetector.Detection?
  /// What OpenFace 3.0's multitask network has made of the face, and how far the eyes are open.
  var multitask: (draft: MultitaskNetwork.Draft, eyeAspectRatio: Double?)?
  /// What another engine says of the same face.
  var other: ActionUnitReading?

  public init(_ reading: ActionUnitReading) { self.reading = reading }
}
