public import Foundation

/// The record of a finished job: what was done, how, and with which result. It is written to `<stem>_run.json`.
///
/// A folder can contain the record of an `extract` job and that of a job that mirrors. The name of the one that is written second includes
/// its kind of job, as in `<stem>_extract_run.json`.
public struct RunRecord: Sendable {
  /// The version of the record's format. It is raised when the meaning of a field changes.
  public var schema = 1
  /// The version of SplitFace that ran the job.
  public var version: String
  /// The job description, for this one video and without options that had no effect.
  public var spec: JobSpec
  /// When the job ended.
  public var finished: Date
  public var input: Input
  public var resources: Resources
  public var frames: Frames
  public var engine: Engine?
  public var networks: [Network]
  public var inference: InferenceLibrary
  /// FFmpeg's name of the encoder that wrote the videos; nil if the job wrote none.
  public var encoder: String?
  public var outputs: [Output]
  public var time: Time
  /// The largest amount of memory that the process used at any time before the end of the job, in bytes.
  public var peakMemory: Int
  /// Warnings for the user, such as damaged packets, providers that failed, or audio that was re-encoded.
  public var warnings: [String]

  public init(
    version: String, spec: JobSpec, finished: Date, input: Input, resources: Resources, frames: Frames, engine: Engine?,
    networks: [Network],
    inference: InferenceLibrary, encoder: String?, outputs: [Output], time: Time, peakMemory: Int, warnings: [String]
  ) {
    self.version = version
    self.spec = spec
    self.finished = finished
    self.input = input
    self.resources = resources
    self.frames = frames
    self.engine = engine
    self.networks = networks
    self.inference = inference
    self.encoder = encoder
    self.outputs = outputs
    self.time = time
    self.peakMemory = peakMemory
    self.warnings = warnings
  }

  /// The end of a record's file name.
  public static let suffix = "_run.json"

  /// The kind of job.
  public var job: JobKind { spec.kind }

  /// The properties of the input video.
  public struct Input: Sendable, Codable {
    public var path: String
    public var bytes: Int
    public var modified: Date?
    public var container: String
    public var codec: String
    public var pixelFormat: String
    /// The size of a decoded frame, in pixels.
    public var codedWidth: Int
    public var codedHeight: Int
    /// The size of an upright frame, in pixels.
    public var width: Int
    public var height: Int
    /// Average frames per second.
    public var frameRate: Double?
    /// The duration in seconds.
    public var duration: Double?
    /// The container's timestamp that became time 0 in all outputs, in seconds.
    ///
    /// It is 0 unless the timestamps had to be shifted: MP4 cannot begin before 0, and broadcast formats may begin at any time, so their
    /// timestamps are shifted to begin at 0. It is nil only in records of early versions.
    public var timestampOffset: Double?
    /// How the video was turned upright, and why.
    public var orientation: String

    public init(
      path: String, bytes: Int, modified: Date? = nil, container: String, codec: String, pixelFormat: String, codedWidth: Int,
      codedHeight: Int, width: Int, height: Int, frameRate: Double? = nil, duration: Double? = nil, timestampOffset: Double? = nil,
      orientation: String
    ) {
      self.path = path
      self.bytes = bytes
      self.modified = modified
      self.container = container
      self.codec = codec
      self.pixelFormat = pixelFormat
      self.codedWidth = codedWidth
      self.codedHeight = codedHeight
      self.width = width
      self.height = height
      self.frameRate = frameRate
      self.duration = duration
      self.timestampOffset = timestampOffset
      self.orientation = orientation
    }
  }

  /// The threads and execution providers that the job used.
  public struct Resources: Sendable {
    /// The number of threads that computed at the same time.
    public var threads: Int
    /// The execution providers that were tried for each network, in order of preference.
    public var providers: [String]

    public init(threads: Int, providers: [String]) {
      self.threads = threads
      self.providers = providers
    }
  }

  /// The number of frames that were read, and how many of them were processed in which way.
  public struct Frames: Sendable, Codable {
    /// The number of frames that were decoded.
    public var read: Int
    /// The number of packets that could not be decoded.
    public var damagedPackets: Int
    /// The number of frames in which a face was found; in an `extract` job, the number of rows whose `success` is 1.
    public var withFace: Int
    /// The number of frames in short gaps without a face. They were mirrored with the midline of an earlier frame.
    public var held: Int
    /// The number of frames without a face that were written unmirrored.
    public var withoutFace: Int
    /// The number of frames in each output video, which is also the number of rows in each table with one row per frame. Nil only in
    /// records of early versions.
    public var written: Int?

    public init(read: Int, damagedPackets: Int, withFace: Int, held: Int, withoutFace: Int, written: Int? = nil) {
      self.read = read
      self.damagedPackets = damagedPackets
      self.withFace = withFace
      self.held = held
      self.withoutFace = withoutFace
      self.written = written
    }
  }

  /// The engine that measured the Action Units.
  public struct Engine: Sendable, Codable {
    public var name: String
    /// The network or formula that each Action Unit was measured with, by the name of the Action Unit, such as `AU01`.
    public var columns: [String: String]

    public init(name: String, columns: [String: String]) {
      self.name = name
      self.columns = columns
    }
  }

  /// A network that the job ran.
  public struct Network: Sendable, Codable {
    public var name: String
    /// The file that the network comes from: a published file, or one of the user's own.
    public var source: String
    /// The SHA-256 of the file that the network comes from.
    public var sha256: String
    public var licence: String?
    /// Whether the file is a published one; false for a file of the user's own.
    public var published: Bool
    /// The execution provider that ran the network.
    public var provider: String
    /// The execution providers that were tried first, and the reasons why they did not run the network.
    public var notes: [String]

    public init(name: String, source: String, sha256: String, licence: String? = nil, published: Bool, provider: String, notes: [String]) {
      self.name = name
      self.source = source
      self.sha256 = sha256
      self.licence = licence
      self.published = published
      self.provider = provider
      self.notes = notes
    }
  }

  /// The ONNX Runtime library that ran the networks.
  public struct InferenceLibrary: Sendable, Codable {
    public var version: String
    public var path: String

    public init(version: String, path: String) {
      self.version = version
      self.path = path
    }
  }

  /// A file that the job wrote.
  public struct Output: Sendable, Codable {
    public var file: String
    public var bytes: Int
    public var sha256: String
    /// The number of frames, if the file is a video.
    public var frames: Int?
    /// The number of rows without the header, if the file is a table with one row per frame.
    public var rows: Int?

    public init(file: String, bytes: Int, sha256: String, frames: Int? = nil, rows: Int? = nil) {
      self.file = file
      self.bytes = bytes
      self.sha256 = sha256
      self.frames = frames
      self.rows = rows
    }
  }

  /// How long the job took.
  public struct Time: Sendable, Codable {
    /// The wall-clock time in seconds.
    public var wall: Double
    /// The processor time of all threads in seconds.
    public var processor: Double
    public var framesPerSecond: Double
    public var stages: [String: StageTime]

    public init(wall: Double, processor: Double, framesPerSecond: Double, stages: [String: StageTime]) {
      self.wall = wall
      self.processor = processor
      self.framesPerSecond = framesPerSecond
      self.stages = stages
    }
  }
}
