public import Measures

extension Finding {
  /// The finding in words, without the name of its measure: `the left side moves 38 % as far as the right`, or
  /// `the left side stays at 5 % of the right side’s level`.
  public var words: String {
    let (subject, verb, object) = phrase
    return "the \(subject) \(verb) \(NumberText.percent(Double(ratio))) \(object)"
  }

  /// The parts of the phrase: the subject (`left side`), the verb (`moves`), and what follows the percentage (`as far as the right`).
  var phrase: (subject: String, verb: String, object: String) {
    switch basis {
    case .movement: ("\(weaker.rawValue) side", "moves", "as far as the \(weaker.other.rawValue)")
    case .level: ("\(weaker.rawValue) side", "stays at", "of the \(weaker.other.rawValue) side’s level")
    }
  }

  /// The finding in words: `AU12 Lip corner puller: the left side moves 38 % as far as the right`.
  public var sentence: String { "\(measure.name) \(measure.title): \(words)" }
}

extension ReportInput {
  /// The findings of the summary, with the largest difference first.
  public var findings: [Finding] { Finding.findings(of: summary) }

  /// The measures that move on at least one side, or that are held on one; all measures if there are none.
  var movingRows: [SegmentSummary.Row] {
    let moving = summary.rows.filter { $0.rangeRatio != nil || $0.basis == .level }
    return moving.isEmpty ? summary.rows : moving
  }

  /// Returns the `count` measures with the largest movement on either side, or the largest difference in level, in the order of the measures.
  func mostMoving(_ count: Int) -> [SegmentSummary.Row] {
    func range(_ row: SegmentSummary.Row) -> Float {
      max(row.right.range, row.left.range, row.basis == .level ? row.difference : 0) / row.measure.highest
    }
    return movingRows.sorted { (-range($0), $0.position) < (-range($1), $1.position) }.prefix(count).sorted { $0.position < $1.position }
  }
}
