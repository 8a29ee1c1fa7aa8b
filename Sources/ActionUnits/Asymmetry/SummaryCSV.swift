import OutputFiles

/// Writes an `AsymmetrySummary` as a table with one row for each Action Unit that the engine provides.
///
/// Columns: `au,name`, then for `right` and `left` each `_peak,_peak_frame,_peak_time,_mean,_p95,_neutral,_range`, then
/// `range_ratio,weaker_side,frames_used`, a count `excluded_…` for each reason, `level_ratio` and `weaker_by`. Times are seconds, frames
/// count from 1. An Action Unit that no frame could compare has `nan` in its numbers, frame 0 as its peaks' and names no side.
public enum SummaryCSV {
  public static let columns =
    ["au", "name"]
    + ["right", "left"].flatMap { side in
      ["peak", "peak_frame", "peak_time", "mean", "p95", "neutral", "range"].map { "\(side)_\($0)" }
    } + ["range_ratio", "weaker_side", "frames_used"] + FrameExclusion.allCases.map { "excluded_\($0.rawValue)" }
    + ["level_ratio", "weaker_by"]

  /// Writes the whole file; it appears under its name only when it is complete.
  /// - Returns: the number of rows below the header.
  @discardableResult
  public static func write(_ summary: AsymmetrySummary, to path: String) throws(ActionUnitError) -> Int {
    var text = Array(columns.joined(separator: ",").utf8)
    text.append(UInt8(ascii: "\n"))
    let uncompared = summary.uncompared.map { AsymmetrySummary.Row(uncompared: $0) }
    let rows = (summary.rows + uncompared).sorted { $0.unit < $1.unit }
    for row in rows { append(row, of: summary, to: &text) }
    do { try PartialFile.write(text, to: path) } catch { throw ActionUnitError(error) }
    return rows.count
  }

  private static func append(_ row: AsymmetrySummary.Row, of summary: AsymmetrySummary, to text: inout [UInt8]) {
    func separate() { text.append(UInt8(ascii: ",")) }
    func append(_ value: Double, decimals: Int) {
      separate()
      DecimalText.append(value, decimals: decimals, to: &text)
    }
    func append(_ value: Int) {
      separate()
      DecimalText.append(value, to: &text)
    }
    text += row.unit.columnName.utf8
    separate()
    text += row.unit.facsName.utf8
    for side in [row.right, row.left] {
      append(Double(side.peak), decimals: 4)
      append(side.peakFrame)
      append(side.peakTime, decimals: 6)
      for value in [side.mean, side.percentile95, side.neutral, side.range] { append(Double(value), decimals: 4) }
    }
    append(Double(row.rangeRatio ?? .nan), decimals: 4)
    separate()
    text += row.weaker.rawValue.utf8
    append(summary.framesUsed)
    for reason in FrameExclusion.allCases { append(summary.framesExcluded[reason] ?? 0) }
    append(Double(row.levelRatio ?? .nan), decimals: 4)
    separate()
    text += row.basis.rawValue.utf8
    text.append(UInt8(ascii: "\n"))
  }
}

extension AsymmetrySummary.Row {
  fileprivate init(uncompared unit: ActionUnit) {
    let nothing = AsymmetrySummary.Side(
      peak: .nan, mean: .nan, percentile95: .nan, peakFrame: 0, peakTime: .nan, neutral: .nan, range: .nan, spread: .nan)
    self.init(unit: unit, right: nothing, left: nothing, rangeRatio: nil, levelRatio: nil, weaker: .neither, basis: .none)
  }
}
