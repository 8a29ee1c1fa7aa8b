/// What went wrong in ONNX Runtime or on the way to it: one line that says what, where, and what to do.
public struct InferenceError: Error, CustomStringConvertible {
  /// What kind of failure it is, for callers that can do something about it.
  public enum Code: Sendable, Hashable {
    /// No ONNX Runtime on this machine, in none of the places that are searched.
    case libraryNotFound
    /// There is a file, but it cannot be loaded or is not ONNX Runtime.
    case libraryUnusable
    /// ONNX Runtime is there, but older than ``InferenceRuntime/minimumVersion``.
    case libraryTooOld
    /// The model file is missing, damaged, or not an ONNX model.
    case modelUnreadable
    /// None of the execution providers that were asked for could take the network.
    case providerUnavailable
    /// A tensor's shape, rank or number of values is not what the network declares.
    case shapeMismatch
    /// The network has no input or output of this name, or an input is missing or given twice.
    case nameMismatch
    /// The network's input or output does not hold 32-bit floats.
    case elementTypeUnsupported
    /// The network failed while running; a session on another provider may succeed.
    case runFailed
    /// A call that has no reason to fail did.
    case internalFailure
  }

  public let code: Code
  /// One line, without the code.
  public let message: String
  public var description: String { message }

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
