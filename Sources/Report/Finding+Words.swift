public import Measures

extension Finding {
  /// The finding in words, without the name of the measure: `the left side moves 38 % as far as the right`, or
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

  /// The difference between the sides and its error, as in `2.4 ± 0.9`; nil if they are unknown.
  var certainty: String? { difference.map { NumberText.difference($0.value, error: $0.error) } }

  /// The finding as a sentence: `AU12 Lip corner puller: the left side moves 38 % as far as the right`.
  public var sentence: String { "\(measure.name) \(measure.title): \(words)" }
}

extension ReportInput {
  /// The findings of the summary, with the largest difference first.
  public var findings: [Finding] { Finding.findings(of: summary) }

  /// The measures that move on at least one side, or whose sides differ in level; all measures if there are none.
  var movingRows: [SegmentSummary.Row] {
    let moving = summary.rows.filter { $0.reason != .covered && ($0.rangeRatio != nil || $0.basis == .level) }
    return moving.isEmpty ? summary.rows : moving
  }

  /// Returns the rows that have `reason` as the reason for their judgement, in the order of their measures.
  func rows(_ reason: SegmentSummary.Reason) -> [SegmentSummary.Row] { summary.rows.filter { $0.reason == reason } }

  /// Returns the `count` rows with the largest movement on either side or the largest difference in level. They are returned in the order
  /// of their measures.
  func mostMoving(_ count: Int) -> [SegmentSummary.Row] {
    func range(_ row: SegmentSummary.Row) -> Float {
      max(row.right.range, row.left.range, row.basis == .level ? abs(row.difference) : 0) / row.measure.highest
    }
    return movingRows.sorted { (-range($0), $0.position) < (-range($1), $1.position) }.prefix(count).sorted { $0.position < $1.position }
  }
}

extension SegmentSummary.Row {
  /// The difference between the sides and its error: `0.3 ± 0.6`.
  var certainty: String { NumberText.difference(abs(difference), error: differenceError) }

  /// The judgement about the row, in a few words: `about even (0.3 ± 0.6)`.
  var shortWords: String {
    switch reason {
    case .movement: "\(weakerText) side moves \(NumberText.percent(Double(rangeRatio ?? 0))) as far"
    case .level: "\(weakerText) side stays at \(NumberText.percent(Double(levelRatio ?? 0)))"
    case .withinError: "about even (\(certainty))"
    case .unclear: "unclear (\(certainty))"
    case .smallShare: "small difference (\(certainty))"
    case .scaleEnd: "reaches the end of the scale on both sides"
    case .littleMovement: "hardly moves"
    case .tooFewFrames: "too few frames"
    case .notSided: "sides not judged"
    case .notCompared: "not compared"
    case .covered: "covered"
    }
  }
}
