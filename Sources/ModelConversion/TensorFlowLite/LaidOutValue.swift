/// A computed value of the ONNX graph. The order of its axes may differ from that in the TensorFlow Lite file.
struct LaidOutValue {
  /// The value's name in the ONNX graph.
  let name: String
  /// The lengths of the axes, in the file's order. The first axis is the batch: 1 in the file, variable in the ONNX graph.
  let shape: [Int]
  /// Axis `k` of the ONNX value is axis `order[k]` of the file. The batch always comes first.
  let order: [Int]
  /// Whether the network in the file removes the batch axis from the value (by a STRIDED_SLICE). `shape` still includes it.
  var lacksBatchAxis = false

  var rank: Int { shape.count }
  /// The lengths of the axes in the ONNX value's order, with a batch of 1.
  var storedShape: [Int] { order.map { shape[$0] } }

  static func rowMajor(_ rank: Int) -> [Int] { Array(0..<rank) }
  /// The order of a value that is N×H×W×C in the file and N×C×H×W in the graph.
  static let channelsFirst = [0, 3, 1, 2]

  /// Returns whether the elements would have the same positions in memory if the axes were in the order `other`. Axes of length 1 make no
  /// difference.
  func liesAs(_ other: [Int]) -> Bool {
    order.filter { shape[$0] != 1 } == other.filter { shape[$0] != 1 }
  }
}
