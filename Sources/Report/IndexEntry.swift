public import Measures

/// One video of a folder, as the index shows it.
public struct IndexEntry: Sendable {
  public enum State: String, Sendable, CaseIterable, Codable {
    /// Measured in this run.
    case done
    /// Measured in an earlier run, and verified.
    case skipped
    case failed
  }

  /// The video's path relative to the folder. It may contain anything.
  public var file: String
  public var state: State
  /// Why it failed or was skipped.
  public var reason: String?
  /// Frames of the clip.
  public var frames: Int?
  public var framesWithFace: Int?
  /// Seconds that the work took.
  public var seconds: Double?
  /// The report's path relative to the index.
  public var report: String?
  /// The largest differences first.
  public var findings: [Finding]
  /// Whether the two sides were compared at all; without it, no findings mean nothing.
  public var isCompared: Bool

  public init(
    file: String, state: State, reason: String? = nil, frames: Int? = nil, framesWithFace: Int? = nil, seconds: Double? = nil,
    report: String? = nil, findings: [Finding] = [], isCompared: Bool = true
  ) {
    self.file = file
    self.state = state
    self.reason = reason
    self.frames = frames
    self.framesWithFace = framesWithFace
    self.seconds = seconds
    self.report = report
    self.findings = findings
    self.isCompared = isCompared
  }
}
