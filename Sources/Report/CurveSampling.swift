/// Thins a curve out so that its peaks stay.
package enum CurveSampling {
  /// The positions of the values that stand for the whole curve: all of them where they are few, else the lowest and the highest of each
  /// of equally many consecutive values, in order. A position of a value that is missing stands where all of such a stretch are missing.
  /// - Parameter limit: the most positions wanted; at least 2.
  package static func positions(of values: [Float], limit: Int) -> [Int] {
    guard values.count > limit else { return Array(values.indices) }
    let buckets = max(1, limit / 2)
    var positions: [Int] = []
    positions.reserveCapacity(2 * buckets)
    for bucket in 0..<buckets {
      let range = Self.range(of: bucket, buckets: buckets, count: values.count)
      var low: Int?
      var high: Int?
      for position in range where !values[position].isNaN {
        if low.map({ values[position] < values[$0] }) ?? true { low = position }
        if high.map({ values[position] > values[$0] }) ?? true { high = position }
      }
      if let low, let high {
        positions.append(min(low, high))
        if low != high { positions.append(max(low, high)) }
      } else if let first = range.first {
        positions.append(first)
      }
    }
    return positions
  }

  /// The consecutive values that a bucket stands for.
  static func range(of bucket: Int, buckets: Int, count: Int) -> Range<Int> {
    bucket * count / buckets..<(bucket + 1) * count / buckets
  }
}
