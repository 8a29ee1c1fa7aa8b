public import ActionUnits

/// One Action Unit whose two sides differ, in words. It is a measurement, not a diagnosis.
public struct Finding: Sendable, Equatable {
  public let unit: ActionUnit
  public let weaker: FaceSide
  /// The weaker side's range over the stronger side's, 0…1.
  public let ratio: Float

  /// `the left side moves 38 % as far as the right`
  public var words: String {
    let other: FaceSide = weaker == .left ? .right : .left
    return "the \(weaker.rawValue) side moves \(NumberText.percent(Double(ratio))) as far as the \(other.rawValue)"
  }

  /// `AU12 Lip corner puller: the left side moves 38 % as far as the right`
  public var sentence: String { "\(unit.columnName) \(unit.facsName): \(words)" }

  /// The Action Units that name a weaker side, the largest difference of the two ranges first.
  /// - Parameter engine: as it is chosen on the command line; it decides how the scales compare.
  public static func findings(of summary: AsymmetrySummary, engine: String) -> [Finding] {
    let scale = ActionUnitScale(engine: engine)
    let sorted = summary.rows.filter { $0.weaker != .neither }.sorted { left, right in
      func difference(_ row: AsymmetrySummary.Row) -> Float { abs(row.right.range - row.left.range) / scale.maximum(row.unit) }
      return (-difference(left), left.unit) < (-difference(right), right.unit)
    }
    return sorted.compactMap { row in
      row.rangeRatio.map { Finding(unit: row.unit, weaker: row.weaker == .left ? .left : .right, ratio: $0) }
    }
  }
}

extension ReportInput {
  /// See `Finding.findings(of:engine:)`.
  public var findings: [Finding] { Finding.findings(of: summary, engine: provenance.engine) }

  /// The Action Units that are shown from the start: those that move on either side, in order; all where none does.
  var movingUnits: [ActionUnit] {
    let moving = summary.rows.filter { $0.rangeRatio != nil }.map(\.unit)
    return moving.isEmpty ? summary.rows.map(\.unit) : moving
  }

  /// The `count` units with the largest movement on either side, in order.
  func mostMoving(_ count: Int) -> [ActionUnit] {
    let scale = ActionUnitScale(engine: provenance.engine)
    let sorted = summary.rows.sorted { left, right in
      func range(_ row: AsymmetrySummary.Row) -> Float { max(row.right.range, row.left.range) / scale.maximum(row.unit) }
      return (-range(left), left.unit) < (-range(right), right.unit)
    }
    return sorted.filter { movingUnits.contains($0.unit) }.prefix(count).map(\.unit).sorted()
  }
}
