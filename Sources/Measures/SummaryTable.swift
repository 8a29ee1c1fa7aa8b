/// The table of a summary, with one row for each measure that the provider has.
///
/// Columns: the measure's name and title, then for `right` and `left` each `_peak,_peak_frame,_peak_time,_mean,_p95,_neutral,_range`, then
/// `range_ratio,weaker_side,frames_used`, a count `excluded_…` for each reason, `level_ratio` and `weaker_by`, and finally
/// `difference,difference_error,finding,finding_reason,excluded_covered`. Times are seconds, frames are counted from 1. A measure that
/// could not be compared in any frame has `nan` for its numbers, 0 for the frames of its peaks, and no weaker side.
public enum SummaryTable {
  /// The names and meanings of the first two columns, which depend on the kind of measures.
  public struct Naming: Sendable {
    public var name: String
    public var meaning: String
    /// A regular expression that every measure's name matches.
    public var format: String
    public var titleMeaning: String

    public init(name: String, meaning: String, format: String, titleMeaning: String) {
      self.name = name
      self.meaning = meaning
      self.format = format
      self.titleMeaning = titleMeaning
    }
  }

  /// A row and the summary that it belongs to.
  public typealias Row = (row: SegmentSummary.Row, summary: SegmentSummary)

  /// The rows of a summary, in the order of its measures.
  public static func rows(of summary: SegmentSummary) -> [Row] { summary.allRows.map { ($0, summary) } }

  /// Returns the table for these measures.
  public static func table(_ measures: [MeasureID], naming: Naming) -> Table<Row> {
    let highest = measures.map(\.highest).max().map(Double.init)
    return Table(
      columns: [
        .text(naming.name, naming.meaning, format: naming.format) { $0.row.measure.name },
        .text("name", naming.titleMeaning) { $0.row.measure.title },
      ]
        + FaceSide.allCases.flatMap { columns(of: $0, highest: highest) }
        + [
          .number("range_ratio", "Smaller range divided by the larger one; nan if both are too small to compare.", decimals: 4, (0, 1)) {
            $0.row.rangeRatio.map(Double.init)
          },
          .text(
            "weaker_side",
            "Side that moves less, or stays at a lower level, if the difference clearly exceeds its error; the same side as finding. A "
              + "measurement, not a diagnosis.",
            format: "right|left|neither"
          ) { $0.row.weakerText },
          .count("frames_used", "Frames that are included in the summary.") { $0.summary.framesUsed },
        ]
        + FrameExclusion.allCases.map { reason in
          .count("excluded_\(reason.rawValue)", "Frames that are excluded: \(words(reason)).") { $0.summary.framesExcluded[reason] ?? 0 }
        }
        + [
          .number("level_ratio", "Lower mean divided by the higher one; nan if both are too small to compare.", decimals: 4, (0, 1)) {
            $0.row.levelRatio.map(Double.init)
          },
          .text("weaker_by", "What determines the weaker side: its movement or its level.", format: "movement|level|none") {
            $0.row.basis.rawValue
          },
          .number(
            "difference", "Right range minus left range, or right mean minus left mean where weaker_by is level.", decimals: 4,
            (highest.map { -$0 }, highest)
          ) { Double($0.row.difference) },
          .number(
            "difference_error",
            "Error of the difference at 95 %: the differences of healthy faces, combined with the clip's own noise at rest and the effect "
              + "of the turn of the head.",
            decimals: 4, (0, nil)
          ) { Double($0.row.differenceError) },
          .text("finding", "Weaker side, or none; see finding_reason.", format: "right|left|none") { $0.row.weaker?.rawValue ?? "none" },
          .text(
            "finding_reason", "Reason for the finding.", format: SegmentSummary.Reason.allCases.map(\.rawValue).joined(separator: "|")
          ) { $0.row.reason.rawValue },
          .count(
            "excluded_covered",
            "Included frames in which this Action Unit was left out, because something covered its area of the face on one side or both."
          ) { $0.row.framesCovered },
        ])
  }

  private static func columns(of side: FaceSide, highest: Double?) -> [TableColumn<Row>] {
    let name = side.rawValue
    func value(_ suffix: String, _ meaning: String, _ value: @escaping @Sendable (SegmentSummary.Side) -> Float) -> TableColumn<Row> {
      .number("\(name)_\(suffix)", meaning, decimals: 4, (0, highest)) { Double(value($0.row.side(side))) }
    }
    return [
      value("peak", "Highest value of the \(name) side.", \.peak),
      .count("\(name)_peak_frame", "Frame with the highest value, counted from 1: the first of several; 0 if no frame was compared.") {
        $0.row.side(side).peakFrame
      },
      .number("\(name)_peak_time", "Time of the frame with the highest value.", decimals: 6, unit: "s") { $0.row.side(side).peakTime },
      value("mean", "Mean of the \(name) side.", \.mean), value("p95", "95th percentile, by nearest rank.", \.percentile95),
      value("neutral", "Mean over the clip's neutral frames: those with the least activity and motion.", \.neutral),
      value("range", "95th percentile minus neutral, not below 0.", \.range),
    ]
  }

  private static func words(_ reason: FrameExclusion) -> String {
    switch reason {
    case .noFace: "no face in the frame or in one of its two mirrored images"
    case .headTurned: "head turned further than the limit"
    case .poorQuality: "quality below the limit"
    }
  }
}

extension SummaryTable {
  /// Reads the findings from a summary table, in the order of `Finding.findings(of:)`.
  /// - Parameter measure: makes a measure from its name and title; the table contains nothing else about it.
  /// - Returns: nil if the table is not a summary table, or if no measure in it could be compared.
  public static func findings(in table: StoredTable, measure: (_ name: String, _ title: String) -> MeasureID) -> [Finding]? {
    guard table.has("weaker_side"), let nameColumn = table.header.first,
      table.rows.indices.contains(where: { table.number("right_mean", in: $0) != nil })
    else { return nil }
    let found = table.rows.indices.compactMap { row -> (finding: Finding, difference: Float)? in
      // Early tables of version 0.1.0 have no such column and determine weaker sides by movement alone.
      let basis = table.text("weaker_by", in: row).flatMap(Finding.Basis.init) ?? .movement
      let (ratioColumn, value) = basis == .level ? ("level_ratio", "mean") : ("range_ratio", "range")
      func number(_ column: String) -> Float? { table.number(column, in: row).map { Float($0) } }
      guard let name = table.text(nameColumn, in: row), let title = table.text("name", in: row),
        let weaker = table.text("weaker_side", in: row).flatMap(FaceSide.init), let ratio = number(ratioColumn), (0...1).contains(ratio),
        let right = number("right_\(value)"), let left = number("left_\(value)")
      else { return nil }
      let difference = number("difference_error").map { Finding.Difference(value: abs(right - left), error: $0) }
      return (
        Finding(measure: measure(name, title), weaker: weaker, basis: basis, ratio: ratio, difference: difference), abs(right - left)
      )
    }
    return Finding.sorted(found)
  }
}
