/// An error from reading a network's file or converting it to ONNX.
public struct ConversionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure. More codes may be added, so a `switch` over them needs a `default`.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String { case malformed, unsupported, refused, missing, unexpected, misshapen }
    private let value: Value

    private init(_ value: Value) { self.value = value }

    public var description: String { value.rawValue }

    /// The bytes contradict the file format: the file is truncated, an offset is outside the file, a size is impossible.
    public static let malformed = Code(.malformed)
    /// The file may be valid but uses something that cannot be converted: an operator, an element type, a compression.
    public static let unsupported = Code(.unsupported)
    /// The file asks for something that is never done, such as calling a Python function that a state dictionary does not need.
    public static let refused = Code(.refused)
    /// An entry, tensor or key of this name does not exist.
    public static let missing = Code(.missing)
    /// An entry, tensor or key of this name exists and has no place in the architecture.
    public static let unexpected = Code(.unexpected)
    /// A tensor has another shape than in the architecture.
    public static let misshapen = Code(.misshapen)
  }

  public let code: Code
  /// The part of the file that was being read, e.g. `TensorFlow Lite operator 12 (CONV_2D)`.
  public let context: String
  /// What is wrong with it and, if something can be done about it, what to do.
  public let message: String

  public init(_ code: Code, _ context: String, _ message: String) {
    self.code = code
    self.context = context
    self.message = message
  }

  public var description: String { context.isEmpty ? message : "\(context): \(message)" }
}
