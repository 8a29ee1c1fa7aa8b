/// Reduces the number of points of a curve without losing its peaks.
package enum CurveSampling {
  /// Returns the positions of the values to draw, in order.
  ///
  /// If there are more values than `limit`, the curve is divided into stretches of equal length, and the lowest and the highest value of
  /// each stretch are drawn. If all values of a stretch are missing (not-a-number), its first position is returned, so that the gap
  /// remains.
  /// - Parameter limit: the maximum number of positions, at least 2.
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

  /// Returns the positions of the values in a bucket, which is one of `buckets` stretches that `count` values are divided into.
  static func range(of bucket: Int, buckets: Int, count: Int) -> Range<Int> {
    bucket * count / buckets..<(bucket + 1) * count / buckets
  }
}
