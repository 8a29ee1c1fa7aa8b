/// An error that ends the reading or writing of a video.
public struct VideoError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure. More codes may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Name: String {
      case cannotOpen, notAVideo, refersElsewhere, noVideoStream, unsupported, tooLarge, noFrames, readFailed
      case noEncoder, encodeFailed, cannotCreate, writeFailed, cancelled, misuse
    }

    private let name: Name

    private init(_ name: Name) { self.name = name }

    public var description: String { name.rawValue }

    /// The file does not exist, is not a regular file, or cannot be read.
    public static let cannotOpen = Code(.cannotOpen)
    /// FFmpeg does not recognise the file as a video, or the file is too damaged to be read.
    public static let notAVideo = Code(.notAVideo)
    /// The file refers to other files (HLS, DASH, concat and so on), which are never opened.
    public static let refersElsewhere = Code(.refersElsewhere)
    /// The container has no video stream, or only cover art.
    public static let noVideoStream = Code(.noVideoStream)
    /// This build of FFmpeg cannot decode the video's codec or convert its pixel format.
    public static let unsupported = Code(.unsupported)
    /// Frames are larger than `VideoReaderOptions.maximumPixels`.
    public static let tooLarge = Code(.tooLarge)
    /// No frame could be decoded.
    public static let noFrames = Code(.noFrames)
    /// Reading failed after the video was opened.
    public static let readFailed = Code(.readFailed)
    /// No H.264 encoder can be opened, or the requested one cannot.
    public static let noEncoder = Code(.noEncoder)
    /// The encoder failed after it was opened.
    public static let encodeFailed = Code(.encodeFailed)
    /// The output file cannot be created.
    public static let cannotCreate = Code(.cannotCreate)
    /// Writing failed after the file was created, for instance because the disk is full.
    public static let writeFailed = Code(.writeFailed)
    /// The operation was cancelled through `VideoCancellation`.
    public static let cancelled = Code(.cancelled)
    /// The caller broke a rule of the interface, for instance by writing after `finish()`.
    public static let misuse = Code(.misuse)
  }

  public let code: Code
  /// The path of the video.
  public let path: String
  /// What happened, in one line without the path.
  public let message: String
  /// FFmpeg's latest messages about this video, oldest first.
  public let log: [String]

  public init(_ code: Code, path: String, message: String, log: [String] = []) {
    self.code = code
    self.path = path
    self.message = message
    self.log = log
  }

  /// The path, the message and FFmpeg's latest message, in one line.
  public var description: String {
    // A file name may contain line breaks.
    let name = String(path.map { $0.isNewline ? " " : $0 })
    let words = log.last.map { " (FFmpeg: \($0))" } ?? ""
    return "\(name): \(message)\(words)"
  }
}
