/// An error from reading a network's file or converting it to ONNX.
public struct ConversionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kind of failure. More codes may be added, so a `switch` over them needs a `default`.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    private enum Value: String { case malformed, unsupported, refused, missing, unexpected, misshapen }
    private let value: Value

    private init(_ value: Value) { self.value = value }

    public var description: String { value.rawValue }

    /// The bytes contradict the file format, for instance because the file is truncated or an offset lies outside it.
    public static let malformed = Code(.malformed)
    /// The file may be valid but uses something that cannot be converted: an operator, an element type or a compression method.
    public static let unsupported = Code(.unsupported)
    /// The file asks for something that is never done, such as calling a Python function that a state dictionary does not need.
    public static let refused = Code(.refused)
    /// An entry, tensor or key that is needed is not in the file.
    public static let missing = Code(.missing)
    /// The file contains an entry, tensor or key that the architecture does not use.
    public static let unexpected = Code(.unexpected)
    /// The shape of a tensor does not fit the architecture.
    public static let misshapen = Code(.misshapen)
  }

  public let code: Code
  /// The part of the file that was being read, e.g. `TensorFlow Lite operator 12 (CONV_2D)`.
  public let context: String
  /// What is wrong with this part and, where possible, what to do about it.
  public let message: String

  public init(_ code: Code, _ context: String, _ message: String) {
    self.code = code
    self.context = context
    self.message = message
  }

  public var description: String { context.isEmpty ? message : "\(context): \(message)" }
}
