/// The progress of a job.
public struct JobProgress: Sendable, Equatable {
  /// The number of frames that are finished.
  public var framesDone: Int
  /// The number of frames that the container announces, which may be slightly wrong; nil if it announces none.
  public var framesExpected: Int?
  /// The number of finished frames in which a face was found.
  public var framesWithFace: Int
  /// The number of frames finished per second, since the first frame.
  public var framesPerSecond: Double
  /// The time since the job began, in seconds.
  public var elapsed: Double

  /// The remaining time in seconds at the present rate; nil if it cannot be estimated.
  public var remaining: Double? {
    guard let framesExpected, framesExpected >= framesDone, framesPerSecond > 0 else { return nil }
    return Double(framesExpected - framesDone) / framesPerSecond
  }
}
