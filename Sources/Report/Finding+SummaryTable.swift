import ActionUnits

extension Finding {
  /// The findings of a finished `<stem>_summary.csv`, as `findings(of:engine:)` gives them for the summary itself; empty where the text is
  /// no such table.
  public static func findings(ofSummaryTable text: String, engine: String) -> [Finding] {
    let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    guard let header = lines.first else { return [] }
    let scale = ActionUnitScale(engine: engine)
    let found = lines.dropFirst().compactMap { fields -> (finding: Finding, difference: Float)? in
      func field(_ name: String) -> String? { header.firstIndex(of: name).flatMap { fields.indices.contains($0) ? fields[$0] : nil } }
      guard let unit = ActionUnit.allCases.first(where: { $0.columnName == field("au") }),
        let weaker = field("weaker_side").flatMap(FaceSide.init(rawValue:)), let ratio = field("range_ratio").flatMap(Float.init),
        let right = field("right_range").flatMap(Float.init), let left = field("left_range").flatMap(Float.init), (0...1).contains(ratio),
        right.isFinite, left.isFinite
      else { return nil }
      return (Finding(unit: unit, weaker: weaker, ratio: ratio), abs(right - left) / scale.maximum(unit))
    }
    return found.sorted { (-$0.difference, $0.finding.unit) < (-$1.difference, $1.finding.unit) }.map(\.finding)
  }
}
