/// What went wrong while a network's file was read or rewritten as ONNX.
public struct ConversionError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Code: String, Hashable, Sendable {
    /// The bytes are not what the format says: truncated, an offset outside the file, a size that cannot be.
    case malformed
    /// The file may be sound but uses something that is not converted: an operator, an element type, a compression.
    case unsupported
    /// The file asks for something that is never done, such as a global in a pickle that a state dictionary does not need.
    case refused
    /// A named entry, tensor or key is not there.
    case missing
    /// A named entry, tensor or key is there and has no place in the architecture.
    case unexpected
    /// A tensor is there with another shape than the architecture has.
    case misshapen
  }

  public let code: Code
  /// What was being read, e.g. `TensorFlow Lite operator 12 (CONV_2D)`.
  public let context: String
  /// What is wrong with it and, where something can be done about it, what to do.
  public let message: String

  public init(_ code: Code, _ context: String, _ message: String) {
    self.code = code
    self.context = context
    self.message = message
  }

  public var description: String { context.isEmpty ? message : "\(context): \(message)" }
}
