public import Inference

/// Something that measures Action Units in pictures of a face.
///
/// An engine keeps nothing from one call to the next: the reading of a sample depends on the samples of its own call alone, and on
/// those only as `preferredBatch` says.
public protocol ActionUnitEngine: Sendable {
  /// As it is chosen on the command line: `mediapipe`, `openface3`, `hybrid`.
  var name: String { get }
  /// Where each unit's value comes from, in words; units that this engine does not provide are absent.
  var columnOrigins: [ActionUnit: String] { get }
  /// The sessions that it runs, for the report of what ran where.
  var sessions: [InferenceSession] { get }
  /// Consecutive frames of one side that one call of `measure` should get. Groups of this size, counted from a video's first frame,
  /// make a result independent of threads and of timing.
  var preferredBatch: Int { get }

  /// - Parameter samples: consecutive frames of one side of one video.
  /// - Returns: one reading a sample, in their order.
  func measure(_ samples: [FaceSample]) throws -> [ActionUnitReading]
}
