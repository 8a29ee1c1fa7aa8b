import Measures

extension ReportDocument {
  /// The first section: the measures whose sides differ most, and which side is weaker.
  var findingsSection: Markup {
    let findings = input.findings
    let rows = input.summary.rows
    return """
      <section class="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">\(heading(findings))</h2>
      \(findings.isEmpty ? nothingFound : list(Array(findings.prefix(3))))
      \(rows.isEmpty || findings.isEmpty ? .empty : tally(findings))
      <p class="note">“Moves” is the range of movement: the 95th percentile of the values minus their mean in the clip’s own neutral frames. \
      \(findings.contains { $0.basis == .level } ? "“Level” is the mean of the values; it is compared if the sides differ by more than either moves." : "") \
      \(compared) This page measures; it does not diagnose.</p>
      \(warnings)
      </section>
      """
  }

  private func heading(_ findings: [Finding]) -> String {
    if input.summary.rows.isEmpty { return "Nothing could be compared" }
    return findings.isEmpty ? "No clear difference" : "Largest differences between the sides"
  }

  private func list(_ findings: [Finding]) -> Markup {
    let items = findings.markup { finding in
      """
      <li>\(bars(input.summary.rows.first { $0.measure == finding.measure }, levels: finding.basis == .level)) <a href="#panel-\(finding.measure.name)"><b>\(finding.measure.name) \(finding.measure.title)</b></a>: \(emphasised(finding))</li>
      """
    }
    return "<ol>\(items)</ol>"
  }

  private func emphasised(_ finding: Finding) -> Markup {
    let (subject, verb, object) = finding.phrase
    return """
      the <strong class="\(finding.weaker.rawValue)">\(subject)</strong> \(verb) \
      <strong>\(NumberText.percent(Double(finding.ratio)))</strong> \(object)
      """
  }

  private func tally(_ findings: [Finding]) -> Markup {
    let rows = input.summary.rows
    func count(_ side: FaceSide) -> Int { findings.count { $0.weaker == side && $0.basis == .movement } }
    let held = findings.count { $0.basis == .level }
    let even = rows.count { $0.weaker == nil && $0.rangeRatio != nil }
    let still = rows.count { $0.weaker == nil && $0.rangeRatio == nil }
    let levels: Markup = held == 0 ? .empty : "<b>\(held)</b> \(held == 1 ? "differs" : "differ") in level; "
    return """
      <p class="tally">Of \(rows.count) Action Units, the left side moves less in <b>\(count(.left))</b>, the right side in \
      <b>\(count(.right))</b>; \(levels)<b>\(even)</b> \(even == 1 ? "moves" : "move") about evenly, <b>\(still)</b> hardly at all.\
      \(rows.allSatisfy { $0.rangeRatio == nil } ? " Nothing moves by \(floor) or more in this clip." : "")</p>
      """
  }

  /// The floor of the comparison, as text.
  private var floor: String { NumberText.decimal(input.summary.settings.floor, 2) }

  private var nothingFound: Markup {
    if input.summary.framesUsed == 0 {
      return "<p>No frame could be compared: in every frame the face is absent, turned too far, or of poor quality.</p>"
    }
    if input.summary.rows.isEmpty { return "<p>The engine gave no values for both sides.</p>" }
    if input.summary.rows.allSatisfy({ $0.rangeRatio == nil }) {
      // An expression that is held does not move, but the face is not at rest.
      let held = input.summary.rows.filter { max($0.right.percentile95, $0.left.percentile95) >= input.summary.settings.floor }
      let still = "No Action Unit moves by \(floor) or more on either side"
      return held.isEmpty
        ? "<p>\(still): the face is at rest.</p>"
        : "<p>\(still), and the levels of \(held.map(\.measure.name).joined(separator: ", ")) do not differ clearly.</p>"
    }
    return """
      <p>In no Action Unit do both the range and the peak of movement differ between the sides by \
      \(NumberText.percent(input.summary.settings.evenShare)) or more of the larger one.</p>
      """
  }

  private var compared: Markup {
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

  /// The largest range of all measures, as a share of the measure's scale.
  var largestShare: Float {
    input.summary.rows.map { max($0.right.range, $0.left.range) / $0.measure.highest }.max().map { max($0, 0.05) } ?? 1
  }

  /// The ranges (or levels) of the two sides as bars from a common middle. The bar of the person's right side points left, as one sees a
  /// person who faces the camera.
  /// - Parameters:
  ///   - share: the share of the measure's scale that a bar of full length represents; if nil, the larger of the two values has full length.
  ///   - levels: whether to show means instead of ranges.
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
