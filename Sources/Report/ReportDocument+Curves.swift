import Measures

extension ReportDocument {
  /// The charts of all Action Units, one below the other, on a common time axis. Each has a curve for each side.
  var curvesSection: Markup {
    guard !input.summary.rows.isEmpty else { return .empty }
    return """
      <section class="curves" aria-labelledby="curves-title">
      <h2 id="curves-title">Action Units over time</h2>
      <p class="legend"><span><svg viewBox="0 0 40 10" aria-hidden="true"><path class="curve right" d="M0 5H40"/></svg> right side</span>
      <span><svg viewBox="0 0 40 10" aria-hidden="true"><path class="curve left" d="M0 5H40"/></svg> left side</span>
      <span><svg viewBox="0 0 40 10" aria-hidden="true"><rect class="band" width="40" height="10"/></svg> frames not compared</span>
      <span><svg viewBox="0 0 40 10" aria-hidden="true"><rect class="error right" width="40" height="6"/>\
      <rect class="error left" y="4" width="40" height="6"/></svg> where the bands overlap, the difference is within its error</span>
      <span><i class="dot right"></i><i class="dot left"></i> peak (click to see that frame)</span></p>
      <fieldset class="units"><legend>Action Units shown</legend>
      <span class="presets"><button type="button" data-units="\(names(shown))">Most moving</button>\
      <button type="button" data-units="\(names(input.summary.rows))">All</button></span>
      \(input.summary.rows.markup(chip))
      <label class="fit"><input type="checkbox" id="fit"> Scale each chart to its own peak</label></fieldset>
      <div class="panels">\(input.summary.rows.markup(panel))\(timeAxis)</div>
      \(coarseness)
      </section>
      """
  }

  /// A note for long clips: each number shown at the cursor summarises several frames.
  private var coarseness: Markup {
    let count = input.series.count
    guard count > ReportData.exactLimit else { return .empty }
    return """
      <p class="note">This clip is long. A number marked with ~ is the largest value in about \(count / ReportData.buckets(count)) frames \
      around the cursor; for the quality, it is the smallest. The tables contain the values of every frame.</p>
      """
  }

  private func names(_ rows: [SegmentSummary.Row]) -> String { rows.map(\.measure.name).joined(separator: " ") }

  private func chip(_ row: SegmentSummary.Row) -> Markup {
    """
    <label class="chip" title="\(row.measure.title)"><input type="checkbox" data-unit="\(row.measure.name)"\
    \(isShown(row) ? " checked" : "")> \(row.measure.name)</label>
    """
  }

  private func panel(_ row: SegmentSummary.Row) -> Markup {
    let measure = row.measure
    let maximum = measure.highest
    let right = input.series.values(.right, row.position)
    let left = input.series.values(.left, row.position)
    let highest = max((right + left).reduce(Float(0)) { $1 > $0 ? $1 : $0 }, maximum / 50)
    let fitted = min(maximum, highest * 1.08)
    return """
      <div class="panel" id="panel-\(measure.name)" data-unit="\(measure.name)" data-maximum="\(NumberText.decimal(maximum, 0))" \
      data-fitted="\(NumberText.decimal(fitted, 3))"\(isShown(row) ? "" : " hidden")>
      <div class="panel-head"><h3>\(measure.name) <span>\(measure.title)</span></h3>
      <p class="readout" aria-hidden="true"><span class="right">R <b data-side="r">–</b></span> <span class="left">L <b data-side="l">–</b></span></p></div>
      <div class="plot" data-seek>
      <svg viewBox="0 0 \(CurveDrawing.width) \(CurveDrawing.height)" preserveAspectRatio="none" role="img" \
      aria-label="\(measure.name) over time: right side peaks at \(NumberText.decimal(row.right.peak, 2)), left side at \
      \(NumberText.decimal(row.left.peak, 2))">\(gridLines(maximum))<use href="#excluded" class="band"/>\
      \(row.framesCovered == 0 ? .empty : "<g class=\"band\">\(bands(input.series.covered(row.position)))</g>")\
      \(errorBands(row, right: right, left: left, maximum))\
      <path class="curve right" d="\(Markup(trusted: drawing.path(right, low: 0, high: maximum)))"/>\
      <path class="curve left" d="\(Markup(trusted: drawing.path(left, low: 0, high: maximum)))"/></svg>
      <span class="top" aria-hidden="true">\(NumberText.decimal(maximum, 0))</span><span class="cursor"></span>
      \(peak(row.right, .right, row, maximum))\(peak(row.left, .left, row, maximum))
      </div></div>
      """
  }

  /// The error bands around both curves. Each extends above and below its curve by half the 95 % error of the difference between the sides,
  /// so the bands touch where the difference equals its error. Action Units that hardly move have no bands.
  private func errorBands(_ row: SegmentSummary.Row, right: [Float], left: [Float], _ maximum: Float) -> Markup {
    guard row.rangeRatio != nil || row.levelRatio != nil, row.differenceError.isFinite, row.differenceError > 0 else { return .empty }
    func band(_ values: [Float]) -> Markup {
      Markup(trusted: drawing.band(values, distance: row.differenceError / 2, low: 0, high: maximum))
    }
    return "<path class=\"error right\" d=\"\(band(right))\"/><path class=\"error left\" d=\"\(band(left))\"/>"
  }

  private func gridLines(_ maximum: Float) -> Markup {
    (1..<5).markup { "<path class=\"grid\" d=\"M0 \($0 * CurveDrawing.height / 5)H\(CurveDrawing.width)\"/>" }
  }

  private func peak(_ side: SegmentSummary.Side, _ name: FaceSide, _ row: SegmentSummary.Row, _ maximum: Float) -> Markup {
    guard side.peakFrame > 0, side.peak.isFinite, side.peak > maximum / 50 else { return .empty }
    let words =
      "\(row.measure.name) \(name.rawValue) side: peak \(NumberText.decimal(side.peak, 2)) at \(NumberText.time(side.peakTime))"
    return """
      <button type="button" class="peak \(name.rawValue)" data-frame="\(side.peakFrame)" data-value="\(NumberText.decimal(side.peak, 3))" \
      style="left:\(Self.share(axis.position(of: side.peakTime)));top:\(Self.share(1 - Double(min(side.peak / maximum, 1))))" \
      title="\(words)" aria-label="\(words)"></button>
      """
  }

  static func share(_ position: Double) -> String { NumberText.decimal(position * 100, 3) + "%" }

  /// The labels of the time axis, below the charts.
  var timeAxis: Markup {
    let ticks = axis.ticks(8).markup { tick in
      "<span style=\"left:\(Self.share(axis.position(of: tick)))\">\(axis.label(tick))</span>"
    }
    return "<div class=\"axis\" aria-hidden=\"true\"><div>\(ticks)</div></div>"
  }
}
