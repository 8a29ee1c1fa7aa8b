/// ONNX models of a few dozen bytes, encoded by hand so that the repository contains no binary files. The field numbers are those of
/// `onnx.proto`.
enum TinyModel {
  /// y = x + (10, 20, 30) and z = x·x, for x of N×3.
  static let sum = model(
    nodes: [node("Add", ["x", "c"], ["y"]), node("Mul", ["x", "x"], ["z"])],
    constants: [tensor("c", shape: [3], values: [10, 20, 30])],
    inputs: [value("x", [nil, 3])], outputs: [value("y", [nil, 3]), value("z", [nil, 3])])

  /// y = x reshaped to 2×3, for x of N×3: a run fails unless N is 2.
  static let picky = model(
    nodes: [node("Reshape", ["x", "s"], ["y"])], constants: [integers("s", [2, 3])],
    inputs: [value("x", [nil, 3])], outputs: [value("y", [2, 3])])

  /// The indices of the largest values, an output of integers.
  static let integerOutput = model(
    nodes: [node("ArgMax", ["x"], ["i"])], constants: [],
    inputs: [value("x", [nil, 3])], outputs: [value("i", [1, 3], type: 7)])

  /// A chain of matrix products, for x of N×64, that takes long enough for runs to overlap.
  static let chain = model(
    nodes: (0..<8).map { node($0 % 2 == 0 ? "MatMul" : "Tanh", $0 % 2 == 0 ? ["t\($0)", "w"] : ["t\($0)"], ["t\($0 + 1)"]) },
    constants: [tensor("w", shape: [64, 64], values: (0..<4096).map { Float(($0 * 7919) % 101 - 50) / 200 })],
    inputs: [value("t0", [nil, 64])], outputs: [value("t8", [nil, 64])])

  private static func model(nodes: [[UInt8]], constants: [[UInt8]], inputs: [[UInt8]], outputs: [[UInt8]]) -> [UInt8] {
    let parts: [[UInt8]] = [
      nodes.flatMap { field(1, $0) }, field(2, "tiny"), constants.flatMap { field(5, $0) }, inputs.flatMap { field(11, $0) },
      outputs.flatMap { field(12, $0) },
    ]
    return field(1, 8) + field(8, field(1, "") + field(2, 13)) + field(7, parts.flatMap { $0 })
  }

  private static func node(_ operation: String, _ inputs: [String], _ outputs: [String]) -> [UInt8] {
    inputs.flatMap { field(1, $0) } + outputs.flatMap { field(2, $0) } + field(4, operation)
  }

  private static func tensor(_ name: String, shape: [Int], values: [Float]) -> [UInt8] {
    let raw = values.flatMap { value in (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) } }
    return shape.flatMap { field(1, $0) } + field(2, 1) + field(8, name) + field(9, raw)
  }

  private static func integers(_ name: String, _ values: [Int]) -> [UInt8] {
    let raw = values.flatMap { value in (0..<8).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
    return field(1, values.count) + field(2, 7) + field(8, name) + field(9, raw)
  }

  private static func value(_ name: String, _ shape: [Int?], type: Int = 1) -> [UInt8] {
    let dimensions = shape.flatMap { size in field(1, size.map { field(1, $0) } ?? field(2, "N")) }
    return field(1, name) + field(2, field(1, field(1, type) + field(2, dimensions)))
  }

  private static func field(_ number: Int, _ value: Int) -> [UInt8] { varint(number << 3) + varint(value) }
  private static func field(_ number: Int, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }
  private static func field(_ number: Int, _ bytes: [UInt8]) -> [UInt8] {
    varint(number << 3 | 2) + varint(bytes.count) + bytes
  }

  private static func varint(_ value: Int) -> [UInt8] {
    value < 128 ? [UInt8(value)] : [UInt8(value & 127 | 128)] + varint(value >> 7)
  }
}
