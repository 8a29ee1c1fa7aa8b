import Foundation
import Measures

extension ReportDocument {
  /// The section with the summary table, which contains a small chart of each Action Unit.
  var summarySection: Markup {
    guard !input.summary.rows.isEmpty else { return .empty }
    let sides = ["right", "left"].markup { _ in
      "<th scope=\"col\">peak</th><th scope=\"col\">at</th><th scope=\"col\">p95</th><th scope=\"col\" class=\"neutral\">neutral</th><th scope=\"col\">range</th>"
    }
    return """
      <section class="summary" aria-labelledby="summary-title">
      <h2 id="summary-title">Summary</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="Summary table">
      <table><thead><tr><th scope="col" rowspan="2">Action Unit</th><th scope="col" rowspan="2">Course</th>
      <th scope="col" rowspan="2">Range right | left</th><th scope="col" rowspan="2">Smaller as % of larger</th><th scope="col" rowspan="2">Difference</th><th scope="col" rowspan="2">Weaker side</th>
      <th scope="colgroup" colspan="5" class="right">Right side</th><th scope="colgroup" colspan="5" class="left">Left side</th></tr>
      <tr>\(sides)</tr></thead><tbody>\(input.summary.rows.markup(tableRow))</tbody></table></div>
      <p class="note">p95: 95th percentile. Neutral: mean over the \(input.summary.neutralFrames.count) frames with the least activity and \
      motion. Range: p95 minus neutral. Difference: the absolute difference of the ranges ± its 95 % error, which comes from the differences \
      that healthy faces show in this Action Unit and the variation of the clip’s own neutral frames. A weaker side is named if the \
      difference exceeds the error and is a large part of the movement; the more Action Units move, the more it must exceed the error. A side \
      is named by level if the means differ in the same way and by more than either side moves. \(input.provenance.caveat)</p>
      </section>
      """
  }

  private var byLevel: Markup { "<br><small>by level</small>" }

  private func tableRow(_ row: SegmentSummary.Row) -> Markup {
    let even: Markup = "<span class=\"quiet even\">\(row.shortWords.prefix { $0 != "(" })</span>"
    let weaker = row.weaker.map { side -> Markup in
      "<strong class=\"\(side.rawValue)\">\(side.rawValue)</strong>\(row.basis == .level ? byLevel : .empty)"
    }
    return """
      <tr><th scope="row"><a href="#panel-\(row.measure.name)">\(row.measure.name)</a> <span>\(row.measure.title)</span></th>\
      <td>\(sparkline(row))</td><td>\(bars(row, share: largestShare))</td><td class="number">\(row.rangeRatio.map { NumberText.percent(Double($0)) } ?? "–")</td>\
      <td class="number">\(row.certainty)</td>\
      <td>\(weaker ?? even)</td>\(cells(row.right, "right", row.measure))\(cells(row.left, "left", row.measure))</tr>

      """
  }

  private func cells(_ side: SegmentSummary.Side, _ name: String, _ measure: MeasureID) -> Markup {
    func number(_ value: Float, _ name: String = "") -> Markup { "<td class=\"number \(name)\">\(NumberText.decimal(value, 2))</td>" }
    let time: Markup =
      side.peakFrame > 0
      ? """
      <td class="number"><button type="button" class="moment" data-frame="\(side.peakFrame)" \
      aria-label="Show frame \(side.peakFrame): \(measure.name), peak of the \(name) side">\(NumberText.time(side.peakTime))</button></td>
      """ : "<td>–</td>"
    return "\(number(side.peak))\(time)\(number(side.percentile95))\(number(side.neutral, "neutral"))\(number(side.range))"
  }

  private func sparkline(_ row: SegmentSummary.Row) -> Markup {
    func path(_ side: FaceSide) -> Markup {
      let values = input.series.values(side, row.position)
      return Markup(trusted: drawing.path(values, low: 0, high: row.measure.highest, limit: 120, width: 240, height: 60))
    }
    return """
      <svg class="sparkline" viewBox="0 0 240 60" preserveAspectRatio="none" aria-hidden="true"><path class="grid" d="M0 60H240"/>\
      <path class="curve right" d="\(path(.right))"/><path class="curve left" d="\(path(.left))"/></svg>
      """
  }
}

extension ReportDocument {
  /// The section with the images of the frames in which Action Units are highest.
  var stillsSection: Markup {
    guard !input.stills.isEmpty else { return .empty }
    // The Action Units that move most are shown; the others are collapsed.
    let shown = Set(input.mostMoving(6).map(\.measure))
    let first = input.stills.filter { $0.peaks.contains { shown.contains($0.measure) } }
    let rest = input.stills.filter { !$0.peaks.contains { shown.contains($0.measure) } }
    return """
      <section class="stills" aria-labelledby="stills-title">
      <h2 id="stills-title">At the peaks</h2>
      <div class="still-list">\(first.markup(still))</div>
      \(rest.isEmpty ? .empty : "<details><summary>\(rest.count) more</summary><div class=\"still-list\">\(rest.markup(still))</div></details>")
      </section>
      """
  }

  private func still(_ still: PeakStill) -> Markup {
    let peaks = still.peaks.markup { peak in
      """
      <li><b>\(peak.measure.name)</b> \(peak.measure.title): <span class="\(peak.side.rawValue)">\(peak.side.rawValue) side</span> \
      \(NumberText.decimal(peak.value, 2))</li>
      """
    }
    return """
      <figure class="still"><div class="pictures">\(picture(still.right, "Right side, mirrored"))\(picture(still.source, "Source"))\
      \(picture(still.left, "Left side, mirrored"))</div>
      <figcaption><button type="button" class="moment" data-frame="\(still.frameNumber)" aria-label="Show frame \(still.frameNumber)">\
      \(NumberText.time(still.timestamp))</button> frame \(still.frameNumber)<ul>\(peaks)</ul></figcaption></figure>
      """
  }

  private func picture(_ picture: PeakStill.Picture, _ words: String) -> Markup {
    """
    <span><img src="data:\(picture.mediaType);base64,\(Markup(trusted: Data(picture.bytes).base64EncodedString()))" \
    width="\(picture.width)" height="\(picture.height)" alt="\(words)"><small>\(words)</small></span>
    """
  }
}
