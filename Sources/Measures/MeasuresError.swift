/// An error in writing or reading a table.
public struct MeasuresError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of error, for programs. New kinds may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Name: String { case finished, unreadable, malformed }
    private let name: Name
    private init(_ name: Name) { self.name = name }
    public var description: String { name.rawValue }

    /// A table was written to after it was finished or cancelled.
    public static let finished = Code(.finished)
    /// A table's file cannot be read.
    public static let unreadable = Code(.unreadable)
    /// A file is not a table, or lacks columns that it should have.
    public static let malformed = Code(.malformed)
  }

  public let code: Code
  /// One line: what happened, and to which file.
  public let message: String
  public var description: String { message }

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
