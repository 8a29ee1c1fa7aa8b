/// What went wrong while reading or writing a video.
public struct VideoError: Error, Hashable, CustomStringConvertible {
  /// The kind of failure, for programs.
  public enum Code: String, Hashable, Sendable {
    /// There is no such file, it is not a regular file, or it may not be read.
    case cannotOpen
    /// The file is no video that FFmpeg knows, or is damaged beyond reading.
    case notAVideo
    /// The file asks for other files (HLS, DASH, concat and so on), which is never done.
    case refersElsewhere
    /// The container has no video stream, or only cover art.
    case noVideoStream
    /// The video's codec or pixel format cannot be read by this build of FFmpeg.
    case unsupported
    /// A picture is larger than the reader's options allow.
    case tooLarge
    /// Not a single frame could be decoded.
    case noFrames
    /// Reading failed in the middle.
    case readFailed
    /// No H.264 encoder can be opened, or not the one asked for.
    case noEncoder
    /// The encoder failed in the middle.
    case encodeFailed
    /// The output file cannot be made.
    case cannotCreate
    /// Writing failed in the middle; the disk may be full.
    case writeFailed
    /// The caller cancelled.
    case cancelled
    /// The caller did something out of order, for instance wrote after `finish()`.
    case misuse
  }

  public let code: Code
  /// The video that this is about.
  public let path: String
  /// One line: what, where, and what to do.
  public let message: String
  /// FFmpeg's last words about this video, oldest first.
  public let log: [String]

  public init(_ code: Code, path: String, message: String, log: [String] = []) {
    self.code = code
    self.path = path
    self.message = message
    self.log = log
  }

  public var description: String {
    // A file name may contain anything; the message stays one line.
    let name = String(path.map { $0.isNewline ? " " : $0 })
    let words = log.last.map { " (FFmpeg: \($0))" } ?? ""
    return "\(name): \(message)\(words)"
  }
}
