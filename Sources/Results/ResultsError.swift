/// An error in reading jobs and result folders.
public struct ResultsError: Error, Sendable, CustomStringConvertible {
  /// The kind of error, for programs. New kinds may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Name: String { case invalidJobSpec, folderUnreadable, recordUnreadable, tableUnreadable }
    private let name: Name
    private init(_ name: Name) { self.name = name }
    public var description: String { name.rawValue }

    /// A text is not a valid job description.
    public static let invalidJobSpec = Code(.invalidJobSpec)
    /// A folder does not exist or cannot be read.
    public static let folderUnreadable = Code(.folderUnreadable)
    /// A file is not the record of a finished job, or cannot be read.
    public static let recordUnreadable = Code(.recordUnreadable)
    /// A table is missing, cannot be read, or was not written by this program.
    public static let tableUnreadable = Code(.tableUnreadable)
  }

  public let code: Code
  /// One line: what happened, and to which file.
  public let message: String
  public var description: String { message }

  public init(_ code: Code, _ message: String) {
    self.code = code
    // A file name may contain line breaks, but a message is one line.
    self.message = message.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
