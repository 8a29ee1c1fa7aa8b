import OutputFiles

/// What can go wrong in this module.
public struct ActionUnitError: Error, CustomStringConvertible {
  public enum Code: String, Sendable {
    case cannotWrite, cannotRead, malformed
  }

  public let code: Code
  /// One line: what, where, and what to do.
  public let message: String

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  init(_ error: OutputFilesError) { self.init(.cannotWrite, error.message) }

  public var description: String { message }
}
