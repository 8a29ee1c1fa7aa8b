public import FaceTracking
public import Foundation
public import Measures

/// Everything that a report shows of one clip. Left and right are the person's own; frames count from 1, times are seconds.
public struct ReportInput: Sendable {
  public var clip: Clip
  public var counts: FrameCounts
  public var provenance: Provenance
  /// Both sides' values in every frame of the clip.
  public var series: MeasureSeries
  /// The face in every frame: as many as the series has frames.
  public var faces: [Face]
  /// The summary of the series.
  public var summary: SegmentSummary
  /// Shown as one sees a person, whatever their order here: the right side, the source with its overlay, the left side.
  public var videos: [Video]
  /// Pictures at the peaks, from `PeakStills`.
  public var stills: [PeakStill]
  /// Names, relative to the report, of the tables and the record beside it.
  public var files: [String]
  /// What the user should know.
  public var warnings: [String]

  public init(
    clip: Clip, counts: FrameCounts, provenance: Provenance, series: MeasureSeries, faces: [Face], summary: SegmentSummary,
    videos: [Video], stills: [PeakStill] = [], files: [String] = [], warnings: [String] = []
  ) {
    precondition(series.count == faces.count, "a face for every frame")
    self.clip = clip
    self.counts = counts
    self.provenance = provenance
    self.series = series
    self.faces = faces
    self.summary = summary
    self.videos = videos
    self.stills = stills
    self.files = files
    self.warnings = warnings
  }

  /// The measured video.
  public struct Clip: Sendable {
    /// The file's name, without folders. It may contain anything.
    public var name: String
    /// Pixels, upright.
    public var width: Int
    public var height: Int
    /// Frames a second, on average.
    public var frameRate: Double?
    /// Seconds.
    public var duration: Double?
    /// How the picture was turned, and why, in words.
    public var orientation: String

    public init(name: String, width: Int, height: Int, frameRate: Double?, duration: Double?, orientation: String) {
      self.name = name
      self.width = width
      self.height = height
      self.frameRate = frameRate
      self.duration = duration
      self.orientation = orientation
    }
  }

  public struct FrameCounts: Sendable, Equatable {
    public var read: Int
    public var withFace: Int
    /// In a short gap, mirrored with the midline of an earlier frame.
    public var held: Int
    public var withoutFace: Int

    public init(read: Int, withFace: Int, held: Int, withoutFace: Int) {
      self.read = read
      self.withFace = withFace
      self.held = held
      self.withoutFace = withoutFace
    }
  }

  /// What the tracker says about one frame.
  public struct Face: Sendable, Equatable {
    /// Degrees, positive when the person turns to their own left; nil where no face was found.
    public var yaw: Float?
    /// 0…1
    public var quality: Float
    public var grade: QualityGrade
    public var state: FaceObservation.State

    public init(yaw: Float?, quality: Float, grade: QualityGrade, state: FaceObservation.State) {
      self.yaw = yaw
      self.quality = quality
      self.grade = grade
      self.state = state
    }

    public init(_ observation: FaceObservation) {
      self.init(
        yaw: observation.pose.map { Float($0.yaw) }, quality: Float(observation.quality), grade: observation.grade,
        state: observation.state)
    }
  }

  /// One of the three videos.
  public struct Video: Sendable {
    public enum Role: String, Sendable, CaseIterable { case right, source, left }

    public var role: Role
    /// The file's name, relative to the report.
    public var fileName: String
    /// The file (MP4) where it is to be part of the report itself; `ReportPage.write` reads it piece by piece, `ReportPage.html` links it.
    public var embeddedFile: URL?

    public init(role: Role, fileName: String, embeddedFile: URL? = nil) {
      self.role = role
      self.fileName = fileName
      self.embeddedFile = embeddedFile
    }
  }

  /// What made the report.
  public struct Provenance: Sendable {
    public struct Network: Sendable {
      public var name: String
      /// The published file, or the user's own.
      public var source: String
      /// Of that file, hexadecimal.
      public var sha256: String
      /// The execution provider that ran it.
      public var provider: String

      public init(name: String, source: String, sha256: String, provider: String) {
        self.name = name
        self.source = source
        self.sha256 = sha256
        self.provider = provider
      }
    }

    /// SplitFace's own.
    public var version: String
    /// The engine as it is chosen on the command line.
    public var engine: String
    /// What a reader must know about the engine's values.
    public var caveat: String
    public var networks: [Network]
    /// Name and version of the inference library.
    public var inference: String
    /// The video encoder.
    public var encoder: String?
    /// When the clip was measured, as it is to be shown.
    public var date: String?

    public init(
      version: String, engine: String, caveat: String, networks: [Network], inference: String,
      encoder: String? = nil, date: String? = nil
    ) {
      self.version = version
      self.engine = engine
      self.caveat = caveat
      self.networks = networks
      self.inference = inference
      self.encoder = encoder
      self.date = date
    }
  }
}
