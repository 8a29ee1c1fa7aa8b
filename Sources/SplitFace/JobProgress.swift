/// How far a job is.
public struct JobProgress: Sendable, Equatable {
  /// Frames that went the whole way.
  public var framesDone: Int
  /// What the container announces; nil where it says nothing, and sometimes a little off.
  public var framesExpected: Int?
  /// Frames with a face among those done.
  public var framesWithFace: Int
  /// Frames a second since the first one.
  public var framesPerSecond: Double
  /// Seconds since the job began.
  public var elapsed: Double

  /// Seconds that are left, at the present rate; nil where that cannot be told.
  public var remaining: Double? {
    guard let framesExpected, framesExpected >= framesDone, framesPerSecond > 0 else { return nil }
    return Double(framesExpected - framesDone) / framesPerSecond
  }
}
