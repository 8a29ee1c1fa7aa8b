/// Makes presentation timestamps strictly increasing with as few changes as possible, and keeps them within `TimestampLimit`.
///
/// - A missing timestamp becomes the previous one plus the duration of a frame.
/// - A timestamp that equals the previous one, or is less than a second before it, becomes the previous one plus one unit of the time base.
/// - A jump back by a second or more is taken for another recording in the same file: its first frame follows one frame after the previous
///   one, and all later timestamps are shifted by the same amount.
/// - An implausible jump ahead is removed in the same way.
package struct TimestampRepair {
  private var last: Int64?
  private var offset: Int64 = 0
  private let unitsPerSecond: Int64
  /// `TimestampLimit.pause` and `TimestampLimit.length` in units of the time base.
  private let longestPause, longest: Int64
  /// The latest plausible timestamp. Beyond it, repaired timestamps increase by one unit each, only to stay in order.
  private var ceiling: Int64 = 0
  package private(set) var missing = 0
  package private(set) var repeated = 0
  package private(set) var backwardJumps = 0
  package private(set) var implausibleJumps = 0

  package init(timeBase: Rational) {
    unitsPerSecond = TimestampLimit.units(1, of: timeBase.value)
    longestPause = TimestampLimit.units(TimestampLimit.pause(timeBase: timeBase), of: timeBase.value)
    longest = TimestampLimit.units(TimestampLimit.length, of: timeBase.value)
  }

  /// Returns the repaired timestamp of the next frame.
  ///
  /// - Parameters:
  ///   - pts: the timestamp in the container, or nil if it is missing.
  ///   - step: the duration of a usual frame, which is added to the previous timestamp if `pts` is missing.
  package mutating func repair(_ pts: Int64?, step: Int64) -> Int64 {
    guard let last else {
      let first = begin(pts)
      ceiling = first + longest
      self.last = first
      return first
    }
    let step = min(max(1, step), longestPause)
    let next = last + step <= ceiling ? last + step : last + 1
    let result = pts.map { follow($0, last: last, next: next) } ?? next
    if pts == nil { missing += 1 }
    self.last = result
    return result
  }

  /// Returns the first timestamp, or zero if it is missing or implausible.
  private mutating func begin(_ pts: Int64?) -> Int64 {
    guard let pts else {
      missing += 1
      return 0
    }
    if pts.magnitude <= UInt64(longest) { return pts }
    implausibleJumps += 1
    offset = pts == .min ? .max : -pts
    return 0
  }

  private mutating func follow(_ pts: Int64, last: Int64, next: Int64) -> Int64 {
    let (shifted, overflow) = pts.addingReportingOverflow(offset)
    let (ahead, isFar) = shifted.subtractingReportingOverflow(last)
    if overflow || isFar || ahead > longestPause || shifted > ceiling {
      implausibleJumps += 1
    } else if ahead <= -unitsPerSecond {
      backwardJumps += 1
    } else if ahead <= 0 {
      repeated += 1
      return last + 1
    } else {
      return shifted
    }
    // Where the size of the jump overflows, later timestamps are not shifted.
    let (moved, cannotMove) = next.subtractingReportingOverflow(pts)
    if !cannotMove { offset = moved }
    return next
  }

  /// One sentence for each kind of repair that was needed.
  var warnings: [String] {
    var lines: [String] = []
    if missing > 0 { lines.append("\(missing.were("missing frame timestamp")) estimated from the frame before") }
    if repeated > 0 { lines.append("\(repeated.were("repeated frame timestamp")) moved ahead by the smallest step that keeps the order") }
    if backwardJumps > 0 {
      lines.append("\(backwardJumps.were("backward timestamp jump")) removed: later frames continue from the frame before the jump")
    }
    if implausibleJumps > 0 { lines.append("\(implausibleJumps.were("implausible timestamp jump")) ignored") }
    return lines
  }
}
