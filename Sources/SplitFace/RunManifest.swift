public import Foundation

/// What `<stem>_run.json` says about a finished job. Where a manifest of that name stands already for the other part of the outputs (that of
/// `extract`, or that of `process` or `mirror`), it is left there, and this one is called `<stem>_extract_run.json` and so on.
public struct RunManifest: Sendable, Codable {
  /// The manifest's own form; raised when a field changes its meaning.
  public var schema = 1
  /// SplitFace's version.
  public var version: String
  public var job: JobKind
  /// When the job ended.
  public var finished: Date
  public var input: Input
  public var options: Options
  public var frames: Frames
  public var engine: Engine?
  public var networks: [Network]
  /// ONNX Runtime.
  public var inference: InferenceLibrary
  public var encoder: String?
  public var outputs: [Output]
  public var time: Time
  /// Bytes: the most memory that this process has held since it began.
  public var peakMemory: Int
  /// What the user should know: damaged packets, providers that failed, sound that was re-encoded.
  public var warnings: [String]

  public struct Input: Sendable, Codable {
    public var path: String
    public var bytes: Int
    public var modified: Date?
    public var container: String
    public var codec: String
    public var pixelFormat: String
    /// Pixels, as decoded.
    public var codedWidth: Int
    public var codedHeight: Int
    /// Pixels, upright.
    public var width: Int
    public var height: Int
    /// Average, frames a second.
    public var frameRate: Double?
    /// Seconds.
    public var duration: Double?
    /// Seconds: the container's own time of what all outputs call 0. 0 unless the video was moved: MP4 cannot begin before zero, and the clocks
    /// of broadcast formats begin anywhere. Always written; nil where it was not yet.
    public var timestampOffset: Double?
    /// How the picture was turned, and why.
    public var orientation: String
  }

  public struct Options: Sendable, Codable {
    public var engine: EngineChoice
    public var orientation: OrientationChoice
    public var audio: AudioChoice
    public var encoder: String?
    /// Nil where there is no video of libx264's, and in older manifests, where it was `crf`.
    public var rateControl: RateControlChoice?
    public var landmarks: Bool
    public var threads: Int
    public var providers: [String]
    public var extraColumns: [String]
    /// Whether the report holds the videos; nil in older manifests, where it does not.
    public var embed: Bool?

    /// The only encoder that takes notice of `rateControl`.
    static let rateControlledEncoder = "libx264"
  }

  public struct Frames: Sendable, Codable {
    /// Decoded.
    public var read: Int
    /// Packets that could not be decoded.
    public var damagedPackets: Int
    /// With a face found on them; in `extract`, the rows whose `success` is 1.
    public var withFace: Int
    /// In a short gap, with the midline of the frame before.
    public var held: Int
    /// Without a face; passed through unmirrored.
    public var withoutFace: Int
    /// In each video and each table of frames. Always written; nil where it was not yet.
    public var written: Int?
  }

  public struct Engine: Sendable, Codable {
    public var name: String
    /// Which network or formula gives each column, by the column's stem (`AU01`).
    public var columns: [String: String]
  }

  public struct Network: Sendable, Codable {
    public var name: String
    /// The file that was published, or the user's own.
    public var source: String
    /// SHA-256 of that file.
    public var sha256: String
    public var licence: String?
    /// False for a file of the user's own.
    public var published: Bool
    /// The execution provider that ran it, and what was tried before.
    public var provider: String
    public var notes: [String]
  }

  public struct InferenceLibrary: Sendable, Codable {
    public var version: String
    public var path: String
  }

  public struct Output: Sendable, Codable {
    public var file: String
    public var bytes: Int
    public var sha256: String
    /// Frames of a video.
    public var frames: Int?
    /// Rows of a table, without the header.
    public var rows: Int?
  }

  public struct Time: Sendable, Codable {
    /// Seconds on the clock.
    public var wall: Double
    /// Seconds of processor time, all threads.
    public var processor: Double
    public var framesPerSecond: Double
    public var stages: [String: StageTime]
  }

  /// The JSON text, keys sorted, one line a field.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(self) + Data("\n".utf8)
  }

  public static func read(from url: URL) throws -> RunManifest {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode(RunManifest.self, from: Data(contentsOf: url))
  }
}
