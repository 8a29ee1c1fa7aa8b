/// Makes presentation timestamps strictly increasing with as little change as possible.
///
/// A missing timestamp is the last one plus a frame; one that does not increase is put one unit after the last. A jump back by
/// more than a second is a new recording in the same file: it goes on a frame after the last, and all later ones move along.
package struct TimestampRepair {
  package private(set) var last: Int64?
  private var offset: Int64 = 0
  /// Units of a second, rounded.
  private let unitsPerSecond: Int64
  /// Timestamps that were missing or had to be changed, and jumps back.
  package private(set) var missing = 0
  package private(set) var repeated = 0
  package private(set) var jumps = 0

  package init(timeBase: Rational) {
    unitsPerSecond = max(1, Int64(timeBase.value > 0 ? 1 / timeBase.value : 1))
  }

  /// - Parameter step: units of a usual frame, for where a timestamp is missing.
  package mutating func repair(_ pts: Int64?, step: Int64) -> Int64 {
    let step = max(1, step)
    guard let last else {
      if pts == nil { missing += 1 }
      self.last = pts ?? 0
      return pts ?? 0
    }
    var result = last + step
    if let pts {
      let (shifted, overflow) = pts.addingReportingOverflow(offset)
      if overflow || shifted <= last - unitsPerSecond {
        offset = result - pts
        jumps += 1
      } else if shifted <= last {
        result = last + 1
        repeated += 1
      } else {
        result = shifted
      }
    } else {
      missing += 1
    }
    self.last = result
    return result
  }

  /// What was repaired, in words; empty when nothing was.
  package func warnings(_ kind: String) -> [String] {
    var lines: [String] = []
    if missing > 0 { lines.append("\(missing) \(kind) without a timestamp were given one") }
    if repeated > 0 { lines.append("\(repeated) \(kind) with a repeated timestamp were moved by the least that keeps order") }
    if jumps > 0 { lines.append("the \(kind)' timestamps jump back \(jumps) times; what follows was put after what was before") }
    return lines
  }
}
