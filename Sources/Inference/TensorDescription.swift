/// The name, shape and element type of a network's input or output.
public struct TensorDescription: Hashable, Sendable, CustomStringConvertible {
  public enum ElementType: Hashable, Sendable {
    case float32
    /// Any other type, by its number in ONNX (`TensorProto.DataType`); 0 if it is not a tensor.
    case other(Int)
  }

  public let name: String
  /// The sizes of the dimensions, outermost first. The size of a free dimension, usually the batch, is nil.
  public let shape: [Int?]
  public let elementType: ElementType

  public init(name: String, shape: [Int?], elementType: ElementType) {
    self.name = name
    self.shape = shape
    self.elementType = elementType
  }

  /// For example "x N×3×224×224".
  public var description: String { "\(name) \(Self.text(shape))" }

  /// Returns whether the input or output accepts a tensor of the given shape.
  public func accepts(shape other: [Int]) -> Bool {
    shape.count == other.count && zip(shape, other).allSatisfy { $0 == nil || $0 == $1 }
  }

  static func text(_ shape: [Int?]) -> String {
    shape.isEmpty ? "scalar" : shape.map { $0.map(String.init) ?? "N" }.joined(separator: "×")
  }
}
