/// A computed value of the ONNX graph, with the order of its axes compared with the TensorFlow Lite file.
struct LaidOutValue {
  /// The value's name in the ONNX graph.
  let name: String
  /// The lengths in the file's order of axes. The first is the batch: 1 in the file, variable in the ONNX graph.
  let shape: [Int]
  /// Axis `k` of the ONNX value is axis `order[k]` of the file. The batch always comes first.
  let order: [Int]
  /// Whether the file has removed the batch axis from the value (by a STRIDED_SLICE); `shape` still has it.
  var lacksBatchAxis = false

  var rank: Int { shape.count }
  /// The lengths in the ONNX value's order of axes, with the batch as 1.
  var storedShape: [Int] { order.map { shape[$0] } }

  static func rowMajor(_ rank: Int) -> [Int] { Array(0..<rank) }
  /// The order of a value that is N×H×W×C in the file and N×C×H×W in the graph.
  static let channelsFirst = [0, 3, 1, 2]

  /// Whether the elements have the same positions in memory as with the axes in `other` order. Axes of length 1 make no difference.
  func liesAs(_ other: [Int]) -> Bool {
    order.filter { shape[$0] != 1 } == other.filter { shape[$0] != 1 }
  }
}
