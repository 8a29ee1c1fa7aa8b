public import FaceTracking
public import Foundation
public import Measures

/// Everything that the report of one clip shows. Left and right are the person's own. Frames are numbered from 1; times are in seconds.
public struct ReportInput: Sendable {
  public var clip: Clip
  public var counts: FrameCounts
  public var provenance: Provenance
  /// The values of both sides in every frame of the clip.
  public var series: MeasureSeries
  /// The face in every frame of the series.
  public var faces: [Face]
  /// The summary of the series.
  public var summary: SegmentSummary
  /// The videos, in any order. The page shows the right side, the source with overlay and the left side, in this order from left to right.
  public var videos: [Video]
  /// The images of the frames with peaks, from `PeakStills`.
  public var stills: [PeakStill]
  /// The names of the tables and the record, which are in the folder of the report.
  public var files: [String]
  /// Warnings to show to the reader.
  public var warnings: [String]
  /// Whether the engine looks for a mesh in the mirrored images. Without it, only uniform or dark things in front of the face are noticed.
  public var comparesMeshes = true

  public init(
    clip: Clip, counts: FrameCounts, provenance: Provenance, series: MeasureSeries, faces: [Face], summary: SegmentSummary,
    videos: [Video], stills: [PeakStill] = [], files: [String] = [], warnings: [String] = []
  ) {
    precondition(series.count == faces.count, "faces must contain one element for each frame of the series")
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
    /// The name of the file without its folder. It may contain any character.
    public var name: String
    /// The width of an upright frame in pixels.
    public var width: Int
    /// The height of an upright frame in pixels.
    public var height: Int
    /// The average number of frames per second.
    public var frameRate: Double?
    /// The duration in seconds.
    public var duration: Double?
    /// How the video was turned upright, and why, in words.
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

  /// The total number of frames, and the numbers of frames with and without a face.
  public struct FrameCounts: Sendable, Equatable {
    /// The number of all frames of the clip.
    public var read: Int
    /// The number of frames in which a face was found.
    public var withFace: Int
    /// The number of frames in short gaps without a face. They were mirrored with the midline of an earlier frame.
    public var held: Int
    /// The number of frames without a face that were not mirrored.
    public var withoutFace: Int

    public init(read: Int, withFace: Int, held: Int, withoutFace: Int) {
      self.read = read
      self.withFace = withFace
      self.held = held
      self.withoutFace = withoutFace
    }
  }

  /// The result of the face tracker for one frame.
  public struct Face: Sendable, Equatable {
    /// The turn of the head in degrees, positive to the person's own left; nil if no face was found.
    public var yaw: Float?
    /// The quality of the view, 0…1.
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
    /// What the video shows: a mirrored side, or the source with overlay.
    public enum Role: String, Sendable, CaseIterable { case right, source, left }

    public var role: Role
    /// The file's name, relative to the report.
    public var fileName: String
    /// The MP4 file to embed in the report; nil to link to the video. `ReportPage.html` always links to it.
    public var embeddedFile: URL?

    public init(role: Role, fileName: String, embeddedFile: URL? = nil) {
      self.role = role
      self.fileName = fileName
      self.embeddedFile = embeddedFile
    }
  }

  /// The software and networks that the numbers were measured with.
  public struct Provenance: Sendable {
    /// A network that the job ran.
    public struct Network: Sendable {
      public var name: String
      /// The file that the network comes from: a published file, or one of the user's own.
      public var source: String
      /// The SHA-256 of the file that the network comes from, in hexadecimal digits.
      public var sha256: String
      /// The execution provider that ran the network.
      public var provider: String

      public init(name: String, source: String, sha256: String, provider: String) {
        self.name = name
        self.source = source
        self.sha256 = sha256
        self.provider = provider
      }
    }

    /// The version of SplitFace.
    public var version: String
    /// The name of the engine.
    public var engine: String
    /// Limits of the engine's values that the reader must know about.
    public var caveat: String
    public var networks: [Network]
    /// The name and version of the inference library.
    public var inference: String
    /// The name of the video encoder.
    public var encoder: String?
    /// The date on which the clip was measured, as text.
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
