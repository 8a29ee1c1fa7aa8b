/// What a network says of one of its inputs or outputs.
public struct TensorDescription: Hashable, Sendable, CustomStringConvertible {
  public enum ElementType: Hashable, Sendable {
    case float32
    /// Any other type, as ONNX numbers it (`TensorProto.DataType`); zero: not a tensor.
    case other(Int)
  }

  public let name: String
  /// Outermost dimension first; nil where the network leaves the size free (the batch, usually).
  public let shape: [Int?]
  public let elementType: ElementType

  public init(name: String, shape: [Int?], elementType: ElementType) {
    self.name = name
    self.shape = shape
    self.elementType = elementType
  }

  /// Like "x N×3×224×224".
  public var description: String { "\(name) \(Self.text(shape))" }

  /// Whether a tensor of these dimensions may be given.
  public func accepts(shape other: [Int]) -> Bool {
    shape.count == other.count && zip(shape, other).allSatisfy { $0 == nil || $0 == $1 }
  }

  static func text(_ shape: [Int?]) -> String {
    shape.isEmpty ? "scalar" : shape.map { $0.map(String.init) ?? "N" }.joined(separator: "×")
  }
}
