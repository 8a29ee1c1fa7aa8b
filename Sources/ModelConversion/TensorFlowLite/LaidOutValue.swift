/// A computed value of the ONNX graph together with how its axes lie, compared with the TensorFlow Lite file.
struct LaidOutValue {
  /// The value's name in the ONNX graph.
  let name: String
  /// Lengths in the file's order of axes. The first is the batch: 1 in the file, free in the ONNX graph.
  let shape: [Int]
  /// Axis `k` of the ONNX value is axis `order[k]` of the file. The batch always comes first.
  let order: [Int]
  /// The file has dropped the batch axis from the value (by a STRIDED_SLICE); `shape` still has it.
  var lacksBatchAxis = false

  var rank: Int { shape.count }
  /// Lengths in the ONNX value's own order, with the batch as 1.
  var storedShape: [Int] { order.map { shape[$0] } }

  static func rowMajor(_ rank: Int) -> [Int] { Array(0..<rank) }
  /// N×H×W×C of the file is N×C×H×W here.
  static let channelsFirst = [0, 3, 1, 2]

  /// Whether the elements lie in memory as they would in `other` order: axes of length 1 may stand anywhere.
  func liesAs(_ other: [Int]) -> Bool {
    order.filter { shape[$0] != 1 } == other.filter { shape[$0] != 1 }
  }

  /// The axis of the ONNX value that is axis `axis` of the file (negative: counted from the end); nil if there is none.
  func storedAxis(_ axis: Int) -> Int? {
    let axis = axis < 0 ? axis + rank : axis
    return order.firstIndex(of: axis)
  }
}
