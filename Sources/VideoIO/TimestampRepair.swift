/// Makes presentation timestamps strictly increasing with as little change as possible, and keeps them within `TimestampLimit`.
///
/// A missing timestamp is the last one plus a frame; one that does not increase is put one unit after the last. A jump back by
/// more than a second is a new recording in the same file: it goes on a frame after the last, and all later ones move along. So does
/// a leap further ahead than is believed.
package struct TimestampRepair {
  package private(set) var last: Int64?
  private var offset: Int64 = 0
  /// Units of a second, rounded.
  private let unitsPerSecond: Int64
  /// Units of the longest pause and of the longest recording that are believed.
  private let longestPause, longest: Int64
  /// No time lies further ahead than this but by single units.
  private var ceiling: Int64 = 0
  /// Timestamps that were missing or had to be changed, jumps back, and leaps ahead.
  package private(set) var missing = 0
  package private(set) var repeated = 0
  package private(set) var jumps = 0
  package private(set) var leaps = 0

  package init(timeBase: Rational) {
    unitsPerSecond = TimestampLimit.units(1, of: timeBase.value)
    longestPause = TimestampLimit.units(TimestampLimit.pause(timeBase: timeBase), of: timeBase.value)
    longest = TimestampLimit.units(TimestampLimit.length, of: timeBase.value)
  }

  /// - Parameter step: units of a usual frame, for where a timestamp is missing.
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

  /// The first time; zero where it cannot be.
  private mutating func begin(_ pts: Int64?) -> Int64 {
    guard let pts else {
      missing += 1
      return 0
    }
    if pts.magnitude <= UInt64(longest) { return pts }
    leaps += 1
    offset = pts == .min ? .max : -pts
    return 0
  }

  private mutating func follow(_ pts: Int64, last: Int64, next: Int64) -> Int64 {
    let (shifted, overflow) = pts.addingReportingOverflow(offset)
    let (ahead, isFar) = shifted.subtractingReportingOverflow(last)
    if overflow || isFar || ahead > longestPause || shifted > ceiling {
      leaps += 1
    } else if ahead <= -unitsPerSecond {
      jumps += 1
    } else if ahead <= 0 {
      repeated += 1
      return last + 1
    } else {
      return shifted
    }
    // Where not even the difference can be told, later times do not move along.
    let (moved, cannotMove) = next.subtractingReportingOverflow(pts)
    if !cannotMove { offset = moved }
    return next
  }

  /// What was repaired, in words; empty when nothing was.
  package func warnings(_ kind: String) -> [String] {
    var lines: [String] = []
    if missing > 0 { lines.append("\(missing) \(kind) without a timestamp were given one") }
    if repeated > 0 { lines.append("\(repeated) \(kind) with a repeated timestamp were moved by the least that keeps order") }
    if jumps > 0 { lines.append("the \(kind)' timestamps jump back \(jumps) times; what follows was put after what was before") }
    if leaps > 0 {
      lines.append("the \(kind)' timestamps leap further than is believed \(leaps) times; what follows was put after what was before")
    }
    return lines
  }
}
