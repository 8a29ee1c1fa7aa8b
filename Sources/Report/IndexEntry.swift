public import Measures

/// The entry for one video in the index of a folder.
public struct IndexEntry: Sendable {
  /// The outcome for the video in this run.
  public enum State: String, Sendable, CaseIterable, Codable {
    /// The video was processed in this run.
    case done
    /// The video was skipped, because an earlier run has processed it and its outputs are complete.
    case skipped
    /// The video could not be processed.
    case failed
  }

  /// The video's path relative to the folder. It may contain any characters.
  public var file: String
  public var state: State
  /// The reason why the video failed or was skipped.
  public var reason: String?
  /// The number of frames.
  public var frames: Int?
  /// The number of frames in which a face was found.
  public var framesWithFace: Int?
  /// The processing time in seconds.
  public var seconds: Double?
  /// The report's path relative to the index.
  public var report: String?
  /// The findings about measures whose sides differ, with the largest difference first.
  public var findings: [Finding]
  /// Whether the two sides were compared. If they were not, the lack of findings says nothing about the face.
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
