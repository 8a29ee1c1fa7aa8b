import Foundation

/// What went wrong with a job, in one line that says what, where and what to do.
public struct SplitFaceError: Error, CustomStringConvertible, Sendable {
  public enum Code: String, Sendable {
    /// The input is missing, not a file, or nothing that can be read as a video.
    case badInput
    /// An output exists already and may not be overwritten.
    case outputExists
    /// The output folder cannot be made or written to, or another run is writing there.
    case outputUnavailable
    /// A model that the job needs is not installed or cannot be loaded.
    case modelUnavailable
    /// ONNX Runtime is missing, too old, or failed.
    case inferenceFailed
    /// Reading, encoding or writing failed in the middle.
    case failed
    /// What was written is not what was read: a defect of ours, or a disk that lies.
    case countMismatch
  }

  public let code: Code
  public let message: String
  /// What a lower module threw.
  public let underlying: (any Error)?

  public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
    self.code = code
    // A file name may contain anything; the message stays one line.
    self.message = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    self.underlying = underlying
  }

  public var description: String { message }
}
