import Foundation

/// An error of a job.
public struct SplitFaceError: Error, CustomStringConvertible, Sendable {
  /// The kind of error, for programs. New kinds may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Name: String {
      case badInput, noVideo, outputExists, earlierRunDiffers, namesClash, foreignFile, outputUnavailable, outputBusy, modelUnavailable,
        inferenceFailed, failed, countMismatch, misuse
    }
    private let name: Name
    private init(_ name: Name) { self.name = name }
    public var description: String { name.rawValue }

    /// The input is missing, not a file, or cannot be read as a video.
    public static let badInput = Code(.badInput)
    /// A folder contains no video, and its subfolders were not searched.
    public static let noVideo = Code(.noVideo)
    /// An output exists already and must not be replaced.
    public static let outputExists = Code(.outputExists)
    /// The outputs of an earlier run exist, and this run would write different ones. If the reason is an option,
    /// ``SplitFaceError/underlying`` is a ``JobDifference``.
    public static let earlierRunDiffers = Code(.earlierRunDiffers)
    /// The outputs of two inputs would have the same names.
    public static let namesClash = Code(.namesClash)
    /// A file that SplitFace would write exists already, and was not written by SplitFace.
    public static let foreignFile = Code(.foreignFile)
    /// The output folder cannot be created or written to.
    public static let outputUnavailable = Code(.outputUnavailable)
    /// Another run is writing the same outputs.
    public static let outputBusy = Code(.outputBusy)
    /// A network that the job needs is not installed or cannot be loaded.
    public static let modelUnavailable = Code(.modelUnavailable)
    /// ONNX Runtime is missing, too old, or failed.
    public static let inferenceFailed = Code(.inferenceFailed)
    /// Reading, encoding or writing failed during the job.
    public static let failed = Code(.failed)
    /// An output does not have as many frames as were read. The cause is a defect in SplitFace, or a file system that lost data.
    public static let countMismatch = Code(.countMismatch)
    /// The library was used in a way that its documentation excludes.
    public static let misuse = Code(.misuse)
  }

  public let code: Code
  /// One line: what happened, and to which file.
  public let message: String
  /// The error of a lower module that caused this error.
  public let underlying: (any Error)?

  public init(_ code: Code, _ message: String, underlying: (any Error)? = nil) {
    self.code = code
    // A file name may contain line breaks, but a message is one line.
    self.message = message.split(whereSeparator: \.isNewline).joined(separator: " ")
    self.underlying = underlying
  }

  public var description: String { message }
}
