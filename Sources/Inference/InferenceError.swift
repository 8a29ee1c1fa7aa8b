/// An error in finding, loading or using ONNX Runtime.
public struct InferenceError: Error, CustomStringConvertible {
  /// The kind of error, for callers that can do something about it. New kinds may be added.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Name: String {
      case libraryNotFound, libraryUnusable, libraryTooOld, modelUnreadable, providerUnavailable, shapeMismatch, nameMismatch,
        elementTypeUnsupported, runFailed, internalFailure
    }
    private let name: Name
    private init(_ name: Name) { self.name = name }
    public var description: String { name.rawValue }

    /// ONNX Runtime is in none of the searched folders, or not in the place that was named.
    public static let libraryNotFound = Code(.libraryNotFound)
    /// A library file exists, but it cannot be loaded or is not ONNX Runtime.
    public static let libraryUnusable = Code(.libraryUnusable)
    /// The installed ONNX Runtime is older than ``InferenceRuntime/minimumVersion``.
    public static let libraryTooOld = Code(.libraryTooOld)
    /// The model file is missing, damaged, or not an ONNX model.
    public static let modelUnreadable = Code(.modelUnreadable)
    /// None of the requested execution providers can run the network.
    public static let providerUnavailable = Code(.providerUnavailable)
    /// A tensor's shape, rank or number of values is not what the network declares.
    public static let shapeMismatch = Code(.shapeMismatch)
    /// The network has no input or output of this name, or an input is missing or given twice.
    public static let nameMismatch = Code(.nameMismatch)
    /// An input or output of the network is not of 32-bit floats.
    public static let elementTypeUnsupported = Code(.elementTypeUnsupported)
    /// The network failed while running; a session on another provider may succeed.
    public static let runFailed = Code(.runFailed)
    /// A call failed that should always succeed.
    public static let internalFailure = Code(.internalFailure)
  }

  public let code: Code
  /// One line: what happened, and to which file or network.
  public let message: String
  public var description: String { message }

  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }
}
