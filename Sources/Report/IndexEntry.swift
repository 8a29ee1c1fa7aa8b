public import Measures

/// One video of a folder, as the index shows it.
public struct IndexEntry: Sendable {
  /// What became of the video in this run.
  public enum State: String, Sendable, CaseIterable, Codable {
    /// It was processed in this run.
    case done
    /// An earlier run has processed it, and its outputs are complete.
    case skipped
    /// It could not be processed.
    case failed
  }

  /// The video's path relative to the folder. It may contain anything.
  public var file: String
  public var state: State
  /// Why the video failed or was skipped.
  public var reason: String?
  /// The number of frames.
  public var frames: Int?
  /// The number of frames in which a face was found.
  public var framesWithFace: Int?
  /// The processing time in seconds.
  public var seconds: Double?
  /// The report's path relative to the index.
  public var report: String?
  /// The measures whose sides differ, with the largest difference first.
  public var findings: [Finding]
  /// Whether the two sides were compared. If not, the absence of findings says nothing about the face.
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
