/// A sequence of positions with a constant step, as 32.32 fixed-point numbers.
///
/// position(i) = start + i · step holds exactly, so the values of a row do not depend on where its computation begins. Over 4096 steps, the
/// rounding of the step adds up to less than 10⁻⁶ pixel.
struct FixedPointRamp {
  let start: Int64
  let step: Int64

  init(start: Double, step: Double) {
    // Both limits are larger than any position or step in an image. Together they leave room for a row of 2¹³ steps without overflow.
    self.start = Self.fixed(start, limit: 536_870_912)
    self.step = Self.fixed(step, limit: 65_536)
  }

  /// Returns the indices of `range` whose positions lie in 0…last.
  func indices(in range: Range<Int>, within last: Int64) -> Range<Int> {
    guard last >= 0, !range.isEmpty else { return range.lowerBound..<range.lowerBound }
    if step == 0 { return start >= 0 && start <= last ? range : range.lowerBound..<range.lowerBound }
    // A falling ramp enters the interval at its upper end.
    let (enter, leave) = step > 0 ? (-start, last - start) : (start - last, start)
    let pace = abs(step)
    let first = Int(Self.floorDivide(enter + pace - 1, pace))
    let end = Int(Self.floorDivide(leave, pace)) + 1
    let lower = min(max(first, range.lowerBound), range.upperBound)
    return lower..<max(lower, min(end, range.upperBound))
  }

  /// Returns the position after `index` steps.
  @inline(__always)
  subscript(index: Int) -> Int64 { start &+ Int64(truncatingIfNeeded: index) &* step }

  private static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 {
    let quotient = a / b
    return a % b < 0 ? quotient - 1 : quotient
  }

  private static func fixed(_ value: Double, limit: Double) -> Int64 {
    guard value == value else { return 0 }
    return Int64((max(-limit, min(limit, value)) * 4_294_967_296).rounded())
  }
}

extension Plane {
  /// The last 32.32 column position whose right neighbour is still in the plane; negative for a plane of one column.
  var lastColumn: Int64 { (Int64(width - 1) << 32) - 1 }
  /// The last 32.32 row position whose lower neighbour is still in the plane; negative for a plane of one row.
  var lastRow: Int64 { (Int64(height - 1) << 32) - 1 }
}
