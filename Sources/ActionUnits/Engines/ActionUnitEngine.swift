import FaceNetworks
public import Inference
public import Measures

/// Measures Action Units in images of a face.
///
/// An engine keeps no state between calls. Everything that it must remember about a face from frame to frame is in a `FaceTrail`, which the
/// caller keeps. One engine can therefore serve several videos, and both sides of each video, at the same time.
public protocol ActionUnitEngine: Sendable {
  /// One measure for each Action Unit, in the order of `ActionUnit.allCases`, with the engine's name, scales, origins and caveats.
  var measures: MeasureSet { get }
  /// The sessions that the engine runs, for the record of what ran on which provider.
  var sessions: [InferenceSession] { get }

  /// Finds the face in the next frame of one side of one video, if the engine searches for the face itself. The engine uses what it knows
  /// from earlier frames, because searching every frame anew would take longer than measuring.
  /// - Parameters:
  ///   - trail: what is known from the frames before; a new trail for the first frame, and for the first frame after frames that were left
  ///     out.
  /// - Returns: the sample with `search` set; unchanged if the engine does not search.
  func locate(_ sample: FaceSample, after trail: inout FaceTrail) throws -> FaceSample

  /// Measures faces, except for steps that are more efficient for many faces together.
  /// - Parameter samples: samples of one side or of both. Samples that `locate` has not returned are treated as consecutive frames.
  /// - Returns: one draft per sample, in the same order.
  func begin(_ samples: [FaceSample]) throws -> [ActionUnitDraft]

  /// Completes measurements.
  /// - Parameter drafts: drafts that this engine has begun, in any combination.
  /// - Returns: one reading per draft, in the same order.
  func finish(_ drafts: [ActionUnitDraft]) throws -> [ActionUnitReading]

  /// The number of drafts that it is most efficient to complete together.
  var draftsAtOnce: Int { get }
}

extension ActionUnitEngine {
  public func locate(_ sample: FaceSample, after trail: inout FaceTrail) throws -> FaceSample { sample }
  public func finish(_ drafts: [ActionUnitDraft]) throws -> [ActionUnitReading] { drafts.map(\.reading) }
  public var draftsAtOnce: Int { 1 }

  /// Measures faces from beginning to end.
  public func measure(_ samples: [FaceSample]) throws -> [ActionUnitReading] { try finish(begin(samples)) }
}

/// An incomplete measurement of a face.
public struct ActionUnitDraft: Sendable {
  /// The reading so far, which is complete unless the engine has further steps.
  public var reading: ActionUnitReading
  /// The face that was found.
  var detection: RetinaFaceDetector.Detection?
  /// The intermediate result of OpenFace 3.0's multitask network, and how far the eyes are open.
  var multitask: (draft: MultitaskNetwork.Draft, eyeAspectRatio: Double?)?
  /// Another engine's reading of the same face, which the engine `hybrid` combines with its own.
  var other: ActionUnitReading?

  public init(_ reading: ActionUnitReading) { self.reading = reading }
}
