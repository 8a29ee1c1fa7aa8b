/// A measure whose two sides differ. It is a measurement, not a diagnosis.
public struct Finding: Sendable, Equatable {
  public let measure: MeasureID
  public let weaker: FaceSide
  public let basis: Basis
  /// The range of the weaker side divided by the range of the stronger side, or, if the levels differ, the lower mean divided by the higher
  /// mean; 0…1.
  public let ratio: Float
  /// How much the sides differ, and the error of this difference at 95 %, in the unit of the values; nil if an older table does not state
  /// it.
  public let difference: Difference?

  /// The absolute difference between the sides, and its error.
  public struct Difference: Sendable, Equatable {
    public let value: Float
    public let error: Float

    public init(value: Float, error: Float) {
      self.value = value
      self.error = error
    }
  }

  /// What differs between the two sides.
  public enum Basis: String, Sendable {
    /// The ranges of the sides' movements.
    case movement
    /// The means of the sides' values.
    case level
  }

  public init(measure: MeasureID, weaker: FaceSide, basis: Basis, ratio: Float, difference: Difference? = nil) {
    self.measure = measure
    self.weaker = weaker
    self.basis = basis
    self.ratio = ratio
    self.difference = difference
  }

  /// Returns the findings of a summary, sorted by the difference of the sides as a share of the measure's scale, the largest first.
  public static func findings(of summary: SegmentSummary) -> [Finding] {
    sorted(
      summary.rows.compactMap { row in
        let basis: Basis = row.basis == .level ? .level : .movement
        guard let weaker = row.weaker, let ratio = basis == .level ? row.levelRatio : row.rangeRatio else { return nil }
        let difference = Difference(value: abs(row.difference), error: row.differenceError)
        return (Finding(measure: row.measure, weaker: weaker, basis: basis, ratio: ratio, difference: difference), abs(row.difference))
      })
  }

  /// Sorts findings by the difference of the sides as a share of the measure's scale, the largest first. Findings with equal shares keep
  /// their order.
  static func sorted(_ found: [(finding: Finding, difference: Float)]) -> [Finding] {
    found.enumerated().map {
      (position: $0.offset, share: $0.element.difference / $0.element.finding.measure.highest, finding: $0.element.finding)
    }
    .sorted { (-$0.share, $0.position) < (-$1.share, $1.position) }.map(\.finding)
  }
}
