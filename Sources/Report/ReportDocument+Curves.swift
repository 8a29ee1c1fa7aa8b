import ActionUnits

extension ReportDocument {
  /// A curve of both sides for every Action Unit, one below the other on one time axis.
  var curvesSection: Markup {
    guard !input.summary.rows.isEmpty else { return .empty }
    let units = input.summary.rows.map(\.unit)
    return """
      <section class="curves" aria-labelledby="curves-title">
      <h2 id="curves-title">Action Units over time</h2>
      <p class="legend"><span><svg viewBox="0 0 40 10" aria-hidden="true"><path class="curve right" d="M0 5H40"/></svg> right side</span>
      <span><svg viewBox="0 0 40 10" aria-hidden="true"><path class="curve left" d="M0 5H40"/></svg> left side</span>
      <span><svg viewBox="0 0 40 10" aria-hidden="true"><rect class="band" width="40" height="10"/></svg> frames not compared</span>
      <span><i class="dot right"></i><i class="dot left"></i> peaks: click to see</span></p>
      <fieldset class="units"><legend>Action Units shown</legend>
      <span class="presets"><button type="button" data-units="\(names(shown))">Most moving</button>\
      <button type="button" data-units="\(names(Set(units)))">All</button></span>
      \(units.markup(chip))
      <label class="fit"><input type="checkbox" id="fit"> Stretch each to its own height</label></fieldset>
      <div class="panels">\(input.summary.rows.markup(panel))\(timeAxis)</div>
      \(coarseness)
      </section>
      """
  }

  /// What a reader must know of the numbers at the cursor in a long clip.
  private var coarseness: Markup {
    let count = input.frames.count
    guard count > ReportData.exactLimit else { return .empty }
    return """
      <p class="note">This clip is long: a number marked with ~ is the largest (of the quality, the smallest) of about \
      \(count / ReportData.buckets(count)) frames around the cursor. Each frame’s own are in the tables.</p>
      """
  }

  private func names(_ units: Set<ActionUnit>) -> String { units.sorted().map(\.columnName).joined(separator: " ") }

  private func chip(_ unit: ActionUnit) -> Markup {
    """
    <label class="chip" title="\(unit.facsName)"><input type="checkbox" data-unit="\(unit.columnName)"\
    \(shown.contains(unit) ? " checked" : "")> \(unit.columnName)</label>
    """
  }

  private func panel(_ row: AsymmetrySummary.Row) -> Markup {
    let unit = row.unit
    let maximum = scale.maximum(unit)
    let right = input.frames.map { $0.right[unit] }
    let left = input.frames.map { $0.left[unit] }
    let highest = max((right + left).reduce(Float(0)) { $1 > $0 ? $1 : $0 }, maximum / 50)
    let fitted = min(maximum, highest * 1.08)
    return """
      <div class="panel" id="panel-\(unit.columnName)" data-unit="\(unit.columnName)" data-maximum="\(NumberText.decimal(maximum, 0))" \
      data-fitted="\(NumberText.decimal(fitted, 3))"\(shown.contains(unit) ? "" : " hidden")>
      <div class="panel-head"><h3>\(unit.columnName) <span>\(unit.facsName)</span></h3>
      <p class="readout" aria-hidden="true"><span class="right">R <b data-side="r">–</b></span> <span class="left">L <b data-side="l">–</b></span></p></div>
      <div class="plot" data-seek>
      <svg viewBox="0 0 \(CurveDrawing.width) \(CurveDrawing.height)" preserveAspectRatio="none" role="img" \
      aria-label="\(unit.columnName) over time: right side peaks at \(NumberText.decimal(row.right.peak, 2)), left side at \
      \(NumberText.decimal(row.left.peak, 2))">\(gridLines(maximum))<use href="#excluded" class="band"/>\
      <path class="curve right" d="\(Markup(trusted: drawing.path(right, low: 0, high: maximum)))"/>\
      <path class="curve left" d="\(Markup(trusted: drawing.path(left, low: 0, high: maximum)))"/></svg>
      <span class="top" aria-hidden="true">\(NumberText.decimal(maximum, 0))</span><span class="cursor"></span>
      \(peak(row.right, .right, row, maximum))\(peak(row.left, .left, row, maximum))
      </div></div>
      """
  }

  private func gridLines(_ maximum: Float) -> Markup {
    (1..<5).markup { "<path class=\"grid\" d=\"M0 \($0 * CurveDrawing.height / 5)H\(CurveDrawing.width)\"/>" }
  }

  private func peak(_ side: AsymmetrySummary.Side, _ name: FaceSide, _ row: AsymmetrySummary.Row, _ maximum: Float) -> Markup {
    guard side.peakFrame > 0, side.peak.isFinite, side.peak > maximum / 50 else { return .empty }
    let words =
      "\(row.unit.columnName) \(name.rawValue) side: peak \(NumberText.decimal(side.peak, 2)) at \(NumberText.time(side.peakTime))"
    return """
      <button type="button" class="peak \(name.rawValue)" data-frame="\(side.peakFrame)" data-value="\(NumberText.decimal(side.peak, 3))" \
      style="left:\(Self.share(axis.position(of: side.peakTime)));top:\(Self.share(1 - Double(min(side.peak / maximum, 1))))" \
      title="\(words)" aria-label="\(words)"></button>
      """
  }

  static func share(_ position: Double) -> String { NumberText.decimal(position * 100, 3) + "%" }

  /// Times below the charts.
  var timeAxis: Markup {
    let ticks = axis.ticks(8).markup { tick in
      "<span style=\"left:\(Self.share(axis.position(of: tick)))\">\(axis.label(tick))</span>"
    }
    return "<div class=\"axis\" aria-hidden=\"true\"><div>\(ticks)</div></div>"
  }
}
