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

  public var description: String { message }
}
