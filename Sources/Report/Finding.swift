public import ActionUnits

/// One Action Unit whose two sides differ, in words. It is a measurement, not a diagnosis.
public struct Finding: Sendable, Equatable {
  public let unit: ActionUnit
  public let weaker: FaceSide
  public let basis: Basis
  /// The weaker side's range over the stronger side's, or of the lower mean over the higher one, 0…1.
  public let ratio: Float

  /// What of the two sides differs.
  public enum Basis: String, Sendable {
    /// How far they move.
    case movement
    /// The levels at which they stay.
    case level
  }

  /// `the left side moves 38 % as far as the right`, `the left side stays at 5 % of the right side's level`
  public var words: String {
    let (subject, verb, object) = phrase
    return "the \(subject) \(verb) \(NumberText.percent(Double(ratio))) \(object)"
  }

  /// What stands before, between and behind the numbers: `left side`, `moves`, `as far as the right`.
  var phrase: (subject: String, verb: String, object: String) {
    let other: FaceSide = weaker == .left ? .right : .left
    return switch basis {
    case .movement: ("\(weaker.rawValue) side", "moves", "as far as the \(other.rawValue)")
    case .level: ("\(weaker.rawValue) side", "stays at", "of the \(other.rawValue) side’s level")
    }
  }

  /// `AU12 Lip corner puller: the left side moves 38 % as far as the right`
  public var sentence: String { "\(unit.columnName) \(unit.facsName): \(words)" }

  /// The Action Units that name a weaker side, the largest difference of the two ranges, or levels, first.
  /// - Parameter engine: as it is chosen on the command line; it decides how the scales compare.
  public static func findings(of summary: AsymmetrySummary, engine: String) -> [Finding] {
    let scale = ActionUnitScale(engine: engine)
    let sorted = summary.rows.filter { $0.weaker != .neither }.sorted { left, right in
      (-left.difference / scale.maximum(left.unit), left.unit) < (-right.difference / scale.maximum(right.unit), right.unit)
    }
    return sorted.compactMap { row in
      let basis: Basis = row.basis == .level ? .level : .movement
      guard let ratio = basis == .level ? row.levelRatio : row.rangeRatio else { return nil }
      return Finding(unit: row.unit, weaker: row.weaker == .left ? .left : .right, basis: basis, ratio: ratio)
    }
  }
}

extension ReportInput {
  /// See `Finding.findings(of:engine:)`.
  public var findings: [Finding] { Finding.findings(of: summary, engine: provenance.engine) }

  /// The Action Units that are shown from the start: those that move on either side, or are held on one, in order; all where none does.
  var movingUnits: [ActionUnit] {
    let moving = summary.rows.filter { $0.rangeRatio != nil || $0.basis == .level }.map(\.unit)
    return moving.isEmpty ? summary.rows.map(\.unit) : moving
  }

  /// The `count` units with the largest movement on either side, or the largest standing difference, in order.
  func mostMoving(_ count: Int) -> [ActionUnit] {
    let scale = ActionUnitScale(engine: provenance.engine)
    let sorted = summary.rows.sorted { left, right in
      func range(_ row: AsymmetrySummary.Row) -> Float {
        max(row.right.range, row.left.range, row.basis == .level ? row.difference : 0) / scale.maximum(row.unit)
      }
      return (-range(left), left.unit) < (-range(right), right.unit)
    }
    return sorted.filter { movingUnits.contains($0.unit) }.prefix(count).map(\.unit).sorted()
  }
}
