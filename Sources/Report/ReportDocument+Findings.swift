import ActionUnits

extension ReportDocument {
  /// Which side is weaker, at first sight.
  var findingsSection: Markup {
    let findings = input.findings
    let rows = input.summary.rows
    return """
      <section class="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">\(findings.isEmpty ? "No clear difference" : "Largest differences between the sides")</h2>
      \(findings.isEmpty ? nothingFound : list(Array(findings.prefix(3))))
      \(rows.isEmpty || findings.isEmpty ? .empty : tally(findings))
      <p class="note">“Moves” is the range of movement: the 95th percentile of the values less their mean in the clip’s own neutral frames. \
      \(compared) This page measures; it does not diagnose.</p>
      \(warnings)
      </section>
      """
  }

  private func list(_ findings: [Finding]) -> Markup {
    let items = findings.markup { finding in
      """
      <li>\(bars(input.summary.rows.first { $0.unit == finding.unit })) <a href="#panel-\(finding.unit.columnName)"><b>\(finding.unit.columnName) \(finding.unit.facsName)</b></a>: \(emphasised(finding))</li>
      """
    }
    return "<ol>\(items)</ol>"
  }

  private func emphasised(_ finding: Finding) -> Markup {
    let other = finding.weaker == .left ? "right" : "left"
    return """
      the <strong class="\(finding.weaker.rawValue)">\(finding.weaker.rawValue) side</strong> moves \
      <strong>\(NumberText.percent(Double(finding.ratio)))</strong> as far as the \(other)
      """
  }

  private func tally(_ findings: [Finding]) -> Markup {
    let left = findings.count { $0.weaker == .left }
    let right = findings.count - left
    let even = input.summary.rows.count { $0.weaker == .neither && $0.rangeRatio != nil }
    let still = input.summary.rows.count { $0.rangeRatio == nil }
    return """
      <p class="tally">Of \(input.summary.rows.count) Action Units, the left side moves less in <b>\(left)</b>, the right side in \
      <b>\(right)</b>; <b>\(even)</b> \(even == 1 ? "moves" : "move") about evenly, <b>\(still)</b> hardly at all.</p>
      """
  }

  private var nothingFound: Markup {
    if input.summary.framesUsed == 0 {
      return "<p>No frame could be compared: there is no face, or it is turned too far or too poorly seen on every frame.</p>"
    }
    if input.summary.rows.isEmpty { return "<p>The engine gave no values for both sides.</p>" }
    if input.summary.rows.allSatisfy({ $0.rangeRatio == nil }) {
      let floor = NumberText.decimal(input.summary.settings.indexFloor, 2)
      return "<p>No Action Unit moves by \(floor) or more on either side: the face is at rest.</p>"
    }
    return """
      <p>In no Action Unit do the two sides’ ranges and peaks of movement differ by \(NumberText.percent(input.summary.settings.evenShare)) or more of \
      the larger one.</p>
      """
  }

  private var compared: Markup {
    let summary = input.summary
    let reasons = FrameExclusion.allCases.compactMap { reason in
      summary.framesExcluded[reason].map { "\($0) \(Self.words(reason, settings: summary.settings))" }
    }
    let excluded = reasons.isEmpty ? "" : " (left out: \(reasons.joined(separator: ", ")))"
    return "\(summary.framesUsed) of \(input.frames.count) frames are compared\(excluded)."
  }

  static func words(_ reason: FrameExclusion, settings: AsymmetrySettings) -> String {
    switch reason {
    case .noFace: "without a face"
    case .headTurned: "with the head turned by more than \(NumberText.decimal(settings.largestYaw, 0))°"
    case .poorQuality: "of poor quality"
    }
  }

  private var warnings: Markup {
    var warnings = input.warnings
    let (used, all) = (input.summary.framesUsed, input.frames.count)
    if used > 0, used * 2 < all {
      warnings.insert(
        "Only \(NumberText.percent(used, of: all)) of the frames could be compared; the numbers rest on little. See “Head position”.", at: 0
      )
    }
    guard !warnings.isEmpty else { return .empty }
    return "<ul class=\"warnings\" aria-label=\"Warnings\">\(warnings.markup { "<li>\($0)</li>" })</ul>"
  }

  /// The largest range of all, as a part of its Action Unit's scale.
  var largestShare: Float {
    input.summary.rows.map { max($0.right.range, $0.left.range) / scale.maximum($0.unit) }.max().map { max($0, 0.05) } ?? 1
  }

  /// The two ranges as bars from a common middle: the person's right to the left, as one sees the person.
  /// - Parameter share: the part of the Action Unit's scale that a whole bar stands for; its own larger range where nil.
  func bars(_ row: AsymmetrySummary.Row?, share: Float? = nil) -> Markup {
    guard let row else { return .empty }
    let maximum = share.map { $0 * scale.maximum(row.unit) } ?? max(row.right.range, row.left.range, .leastNormalMagnitude)
    func length(_ side: AsymmetrySummary.Side) -> Int { Int((side.range / maximum * 100).rounded()) }
    let (right, left) = (length(row.right), length(row.left))
    return """
      <svg class="bars" viewBox="-101 0 202 16" preserveAspectRatio="none" role="img" aria-label="Range right \
      \(NumberText.decimal(row.right.range, 2)), left \(NumberText.decimal(row.left.range, 2))">\
      <rect class="right" x="\(-right)" y="2" width="\(right)" height="12"/><rect class="left" x="0" y="2" width="\(left)" height="12"/>\
      <path d="M0 0V16"/></svg>
      """
  }
}
