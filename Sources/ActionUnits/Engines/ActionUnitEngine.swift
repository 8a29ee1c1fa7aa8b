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

  /// - Parameter samples: of both sides or one, and of several frames, so that a network sees them as one batch. Those that did not go
  ///   through `locate` are taken for consecutive frames.
  /// - Returns: one reading a sample, in their order.
  func measure(_ samples: [FaceSample]) throws -> [ActionUnitReading]
}

extension ActionUnitEngine {
  public func locate(_ sample: FaceSample, after trail: inout FaceTrail) throws -> FaceSample { sample }
}
