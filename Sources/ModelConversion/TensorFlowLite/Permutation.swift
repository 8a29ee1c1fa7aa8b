/// Reorders the axes of a row-major array.
enum Permutation {
  /// Returns the array with its axes reordered: axis `k` of the result is axis `order[k]` of the array.
  static func apply<Element>(_ order: [Int], to values: [Element], shape: [Int]) -> [Element] {
    guard order != Array(order.indices) else { return values }
    var strides = Array(repeating: 1, count: shape.count)
    for axis in shape.indices.dropLast().reversed() { strides[axis] = strides[axis + 1] * shape[axis + 1] }
    let lengths = order.map { shape[$0] }
    let steps = order.map { strides[$0] }
    var position = Array(repeating: 0, count: order.count)
    var offset = 0
    return values.indices.map { _ in
      let element = values[offset]
      for axis in order.indices.reversed() {
        position[axis] += 1
        offset += steps[axis]
        guard position[axis] == lengths[axis] else { break }
        offset -= steps[axis] * lengths[axis]
        position[axis] = 0
      }
      return element
    }
  }
}
