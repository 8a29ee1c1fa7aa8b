import Measures

extension ReportDocument {
  /// The first section: which Action Units moved, where the sides differ and how certain that is, and what could not be determined.
  var findingsSection: Markup {
    let findings = input.findings
    return """
      <section class="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">\(heading(findings))</h2>
      \(seen)
      \(covered)
      \(findings.isEmpty ? nothingFound : list(findings))
      \(others)
      \(untold)
      <p class="note">“Moves” is the range of movement: the 95th percentile of the values minus their mean in the clip’s own neutral frames. \
      \(findings.contains { $0.basis == .level } ? "“Level” is the mean of the values. Levels are compared if they differ by more than either side moves." : "") \
      “±” is the 95 % error, from the differences that healthy faces show in this Action Unit and the variation of the clip’s own neutral \
      frames. \
      \(comparedFrames) This page measures; it does not diagnose.</p>
      \(warnings)
      </section>
      """
  }

  private func heading(_ findings: [Finding]) -> String {
    if input.summary.rows.isEmpty { return "Nothing could be compared" }
    guard findings.isEmpty else { return "Differences between the sides" }
    let isHidden = input.summary.allRows.contains { $0.reason == .covered }
    return isHidden ? "No clear difference where the face was visible" : "No clear difference between the sides"
  }

  /// A sentence about the Action Units that moved, with the largest movement first.
  private var seen: Markup {
    let rows = input.summary.rows.filter { $0.reason != .covered }
    guard !rows.isEmpty else { return .empty }
    func size(_ row: SegmentSummary.Row) -> Float { max(row.right.range, row.left.range) / row.measure.highest }
    let moving = rows.filter { $0.rangeRatio != nil }.sorted { (-size($0), $0.position) < (-size($1), $1.position) }
    guard let first = moving.first else {
      // A face that holds an expression does not move, but it is not at rest either.
      let held = rows.filter { max($0.right.percentile95, $0.left.percentile95) >= input.summary.settings.floor }
      return held.isEmpty
        ? "<p>No Action Unit has a range of \(floor) or more on either side: the face is at rest.</p>"
        : "<p>No Action Unit has a range of \(floor) or more on either side, but these are held: \(names(held)).</p>"
    }
    let shown = moving.prefix(6).map { "\($0.measure.name) \($0.measure.title)" }
    return """
      <p>\(moving.count == 1 ? "One movement was" : "\(moving.count) movements were") seen in this clip, \
      \(moving.count == 1 ? "" : "the largest first: ")\(moving.count == 1 ? "\(first.measure.name) \(first.measure.title)" : shown.joined(separator: ", "))\
      \(moving.count > shown.count ? ", and \(moving.count - shown.count) more" : "").</p>
      """
  }

  private func list(_ findings: [Finding]) -> Markup {
    let items = findings.prefix(3).markup { finding in
      """
      <li>\(bars(input.summary.rows.first { $0.measure == finding.measure }, levels: finding.basis == .level)) <a href="#panel-\(finding.measure.name)"><b>\(finding.measure.name) \(finding.measure.title)</b></a>: \(emphasised(finding))</li>
      """
    }
    let more = findings.dropFirst(3).map { "\($0.measure.name) (\($0.weaker.rawValue) side, \(NumberText.percent(Double($0.ratio))))" }
    return "<ol>\(items)</ol>\(more.isEmpty ? .empty : "<p>Also: \(more.joined(separator: ", ")).</p>")"
  }

  /// The Action Units that move without a clear difference between the sides, with their differences and errors.
  private var others: Markup {
    let even = input.rows(.withinError)
    let small = input.rows(.smallShare)
    let sentences: [Markup] = [
      even.isEmpty ? .empty : "<p class=\"tally\">About even: \(differences(even)).</p>",
      small.isEmpty ? .empty : "<p class=\"tally\">Different, but only by a small part of the movement: \(differences(small)).</p>",
    ]
    return sentences.markup { $0 }
  }

  private func differences(_ rows: [SegmentSummary.Row]) -> String {
    rows.map { "\($0.measure.name) (\($0.certainty))" }.joined(separator: ", ")
  }

  /// A list of what could not be determined, and why.
  private var untold: Markup {
    let summary = input.summary
    var reasons: [Markup] = []
    let unclear = input.rows(.unclear)
    if !unclear.isEmpty {
      reasons.append("<li>The sides may differ, but not clearly enough to name the weaker one: \(differences(unclear)).</li>")
    }
    let ended = input.rows(.scaleEnd)
    if !ended.isEmpty {
      reasons.append(
        "<li>Both sides reach the end of the scale, from different levels, so how far they move cannot be compared: \(names(ended)).</li>")
    }
    let still = input.rows(.littleMovement)
    if !still.isEmpty { reasons.append("<li>Moved too little (less than \(floor)): \(names(still)).</li>") }
    let few = input.rows(.tooFewFrames)
    if !few.isEmpty {
      reasons.append(
        "<li>Too few frames (\(summary.framesUsed), where at least \(summary.settings.fewestFrames) are needed): \(names(few)).</li>")
    }
    let whole = input.rows(.notSided)
    if !whole.isEmpty { reasons.append("<li>Both sides always move together, for anatomical reasons: \(names(whole)).</li>") }
    let hidden = summary.allRows.filter { $0.reason == .covered }
    if summary.rows.contains(where: { $0.framesBesideCover > 0 }) {
      reasons.append(
        "<li>While one area of the face is covered, the midline is less certain: if that is so most of the time, a side is named in other areas only if the difference is \(NumberText.decimal(summary.settings.coverCaution, 1)) times as large as otherwise.</li>"
      )
    }
    if !hidden.isEmpty { reasons.append("<li>Covered for most of the time: \(names(hidden)).</li>") }
    let missing = summary.allRows.filter { $0.reason == .notCompared }.map(\.measure.name)
    if !missing.isEmpty, !summary.rows.isEmpty {
      reasons.append("<li>No frame has values for both sides: \(missing.joined(separator: ", ")).</li>")
    }
    for reason in FrameExclusion.allCases {
      guard let count = summary.framesExcluded[reason] else { continue }
      reasons.append("<li>\(count) \(count == 1 ? "frame" : "frames") \(Self.words(reason, settings: summary.settings)).</li>")
    }
    let unlearnt = summary.rows.filter { !$0.measure.sideLimits.isLearnt }
    if !unlearnt.isEmpty {
      reasons.append(
        "<li>How far healthy faces differ was not measured with this engine, so a side is named only if the difference is very large: \(names(unlearnt)).</li>"
      )
    }
    guard !reasons.isEmpty || !summary.rows.isEmpty else { return .empty }
    reasons.append("<li>\(unnoticedCover)</li>")
    return "<h3>What could not be determined</h3><ul class=\"plain\">\(reasons.markup { $0 })</ul>"
  }

  private func names(_ rows: [SegmentSummary.Row]) -> String { rows.map(\.measure.name).joined(separator: ", ") }

  private func emphasised(_ finding: Finding) -> Markup {
    let (subject, verb, object) = finding.phrase
    return """
      the <strong class="\(finding.weaker.rawValue)">\(subject)</strong> \(verb) \
      <strong>\(NumberText.percent(Double(finding.ratio)))</strong> \(object)\(finding.certainty.map { " (difference \($0))" } ?? "")
      """
  }

  /// The smallest range that counts as movement, as text.
  private var floor: String { NumberText.decimal(input.summary.settings.floor, 2) }

  private var nothingFound: Markup {
    if input.summary.framesUsed == 0 {
      return "<p>No frame could be compared: in every frame the face is absent, turned too far, or of poor quality.</p>"
    }
    if input.summary.allRows.allSatisfy({ $0.reason == .covered }) {
      return "<p>The face was covered for too long to compare its sides.</p>"
    }
    if input.summary.rows.isEmpty { return "<p>The engine measured no Action Unit on both sides.</p>" }
    let rows = input.summary.rows
    let judged = rows.filter { $0.reason != .covered }
    if judged.allSatisfy({ $0.rangeRatio == nil }) {
      return "<p>The levels at which the Action Units stay do not differ clearly between the sides.</p>"
    }
    if !input.rows(.tooFewFrames).isEmpty { return "<p>Too few frames could be compared to say whether a side moves less.</p>" }
    return """
      <p>In no Action Unit is one side clearly weaker: no difference is clearly larger than those that the method shows in healthy faces.</p>
      """
  }

  private var comparedFrames: Markup {
    let summary = input.summary
    let reasons = FrameExclusion.allCases.compactMap { reason in
      summary.framesExcluded[reason].map { "\($0) \(Self.words(reason, settings: summary.settings))" }
    }
    let excluded = reasons.isEmpty ? "" : " (excluded: \(reasons.joined(separator: ", ")))"
    return "\(summary.framesUsed) of \(input.series.count) frames were compared\(excluded)."
  }

  static func words(_ reason: FrameExclusion, settings: ComparisonSettings) -> String {
    switch reason {
    case .noFace: "without a face"
    case .headTurned: "with the head turned by more than \(NumberText.decimal(settings.largestYaw, 0))°"
    case .poorQuality: "of poor quality"
    }
  }

  private var warnings: Markup {
    var warnings = input.warnings
    let (used, all) = (input.summary.framesUsed, input.series.count)
    if used > 0, used * 2 < all {
      warnings.insert(
        "Only \(NumberText.percent(used, of: all)) of the frames could be compared, so the numbers are less reliable. See “Head position”.",
        at: 0
      )
    }
    guard !warnings.isEmpty else { return .empty }
    return "<ul class=\"warnings\" aria-label=\"Warnings\">\(warnings.markup { "<li>\($0)</li>" })</ul>"
  }

  /// The largest range of any measure, as a share of that measure's scale; at least 0.05.
  var largestShare: Float {
    input.summary.rows.map { max($0.right.range, $0.left.range) / $0.measure.highest }.max().map { max($0, 0.05) } ?? 1
  }

  /// Returns the ranges or levels of both sides, drawn as two bars that start in the middle. The bar of the person's right side points
  /// left, as one sees a person who faces the camera.
  /// - Parameters:
  ///   - share: the share of the measure's scale that a bar of full length represents; nil to give the larger of both values full length.
  ///   - levels: whether to show levels (means) instead of ranges.
  func bars(_ row: SegmentSummary.Row?, share: Float? = nil, levels: Bool = false) -> Markup {
    guard let row else { return .empty }
    let (rightValue, leftValue) = levels ? (row.right.mean, row.left.mean) : (row.right.range, row.left.range)
    let maximum = share.map { $0 * row.measure.highest } ?? max(rightValue, leftValue, .leastNormalMagnitude)
    func length(_ value: Float) -> Int { value.isFinite ? Int((value / maximum * 100).rounded()) : 0 }
    let (right, left) = (length(rightValue), length(leftValue))
    return """
      <svg class="bars" viewBox="-101 0 202 16" preserveAspectRatio="none" role="img" aria-label="\(levels ? "Level" : "Range") right \
      \(NumberText.decimal(rightValue, 2)), left \(NumberText.decimal(leftValue, 2))">\
      <rect class="right" x="\(-right)" y="2" width="\(right)" height="12"/><rect class="left" x="0" y="2" width="\(left)" height="12"/>\
      <path d="M0 0V16"/></svg>
      """
  }
}
