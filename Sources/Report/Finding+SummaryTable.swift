import ActionUnits

extension Finding {
  /// The findings of a finished `<stem>_summary.csv`, as `findings(of:engine:)` gives them for the summary itself; nil where the text is
  /// no such table, or nothing in it could be compared.
  public static func findings(ofSummaryTable text: String, engine: String) -> [Finding]? {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    guard let header = lines.first, header.contains("weaker_side") else { return nil }
    let rows = lines.dropFirst().map { fields in Dictionary(zip(header, fields)) { first, _ in first } }
    guard rows.contains(where: { $0["right_mean"].flatMap(Float.init)?.isFinite == true }) else { return nil }
    let scale = ActionUnitScale(engine: engine)
    let found = rows.compactMap { row -> (finding: Finding, difference: Float)? in
      // Tables of version 0.1.0's first days have no such column, and name weaker sides by movement alone.
      let basis = row["weaker_by"].flatMap(Basis.init) ?? .movement
      let (ratio, value) = basis == .level ? ("level_ratio", "mean") : ("range_ratio", "range")
      func number(_ name: String) -> Float? { row[name].flatMap(Float.init).flatMap { $0.isFinite ? $0 : nil } }
      guard let unit = ActionUnit.allCases.first(where: { $0.columnName == row["au"] }),
        let weaker = row["weaker_side"].flatMap(FaceSide.init(rawValue:)), let ratio = number(ratio),
        let right = number("right_\(value)"), let left = number("left_\(value)"), (0...1).contains(ratio)
      else { return nil }
      return (Finding(unit: unit, weaker: weaker, basis: basis, ratio: ratio), abs(right - left) / scale.maximum(unit))
    }
    return found.sorted { (-$0.difference, $0.finding.unit) < (-$1.difference, $1.finding.unit) }.map(\.finding)
  }
}
