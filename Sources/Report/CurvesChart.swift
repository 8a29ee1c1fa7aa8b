public import Imaging
import Measures

/// The report's main chart as an image: the curves of both sides for the Action Units that move most.
///
/// The image is meant to be saved as PNG. It is large and has thick lines, because a 4:2:0 image stores colour at half its resolution.
public struct CurvesChart {
  private static let rightColour = Palette.chart.rightCurve
  private static let leftColour = Palette.chart.leftCurve

  private static let width = 2400
  private static let panelHeight = 190
  private static let gap = 40
  private static let top = 170
  private static let bottom = 150
  private static let plotLeft = 640
  private static let plotRight = 2350
  private static let ink = Palette.chart.text
  private static let quiet = Palette.chart.secondaryText
  private static let grid = Palette.chart.rule
  private static let shade = Palette.chart.excluded

  private let input: ReportInput
  private let axis: TimeAxis
  private let title = Typeface(capHeight: 30)
  private let text = Typeface(capHeight: 22)
  private let small = Typeface(capHeight: 19)

  /// Draws the chart of a clip.
  /// - Parameter units: the maximum number of Action Units to show.
  /// - Returns: an image 2,400 pixels wide.
  public static func image(_ input: ReportInput, units: Int = 6) -> YUVImage {
    CurvesChart(input).draw(input.mostMoving(units))
  }

  private init(_ input: ReportInput) {
    self.input = input
    axis = TimeAxis(input)
  }

  private func draw(_ rows: [SegmentSummary.Row]) -> YUVImage {
    let height = Self.top + max(1, rows.count) * (Self.panelHeight + Self.gap) + Self.bottom
    let canvas = YUVCanvas(
      width: Self.width, height: height, colour: YUVColour(matrix: .bt601, range: .full, siting: .center))
    canvas.fillRectangle(x: -0.5, y: -0.5, width: Double(Self.width), height: Double(height), colour: Palette.chart.background)
    heading(on: canvas)
    for (position, row) in rows.enumerated() { panel(row, top: Self.panelTop(position), on: canvas) }
    if rows.isEmpty {
      canvas.text("No Action Unit could be compared.", at: SIMD2(60, Double(Self.top) + 60), typeface: text, colour: Self.ink)
    }
    timeAxis(y: Double(height - Self.bottom), on: canvas)
    return canvas.finish()
  }

  private static func panelTop(_ position: Int) -> Double { Double(top + position * (panelHeight + gap)) }

  private func heading(on canvas: borrowing YUVCanvas) {
    canvas.text(fitted(input.clip.name, title, 2200), at: SIMD2(60, 40), typeface: title, colour: Self.ink)
    var pen = legend("right side", dashed: false, colour: Self.rightColour, x: 60, on: canvas)
    pen = legend("left side", dashed: true, colour: Self.leftColour, x: pen + 60, on: canvas)
    canvas.fillRectangle(x: pen + 60, y: 96, width: 80, height: 30, colour: Self.shade)
    canvas.text("not compared", at: SIMD2(pen + 160, 100), typeface: text, colour: Self.ink)
  }

  private func legend(_ words: String, dashed: Bool, colour: RGBColour, x: Double, on canvas: borrowing YUVCanvas) -> Double {
    stroke([SIMD2(x, 111), SIMD2(x + 90, 111)], dashed: dashed, colour: colour, on: canvas)
    return canvas.text(words, at: SIMD2(x + 110, 100), typeface: text, colour: Self.ink)
  }

  private func panel(_ row: SegmentSummary.Row, top: Double, on canvas: borrowing YUVCanvas) {
    let maximum = row.measure.highest
    let height = Double(Self.panelHeight)
    let (left, right) = (Double(Self.plotLeft), Double(Self.plotRight))
    let isLeftOut = zip(input.series.exclusions, input.series.covered(row.position)).map { $0 != nil || $1 }
    for stretch in CurveDrawing(axis: axis).stretches(isLeftOut) {
      let from = left + stretch.from * (right - left)
      canvas.fillRectangle(x: from, y: top, width: max(2, (stretch.to - stretch.from) * (right - left)), height: height, colour: Self.shade)
    }
    for line in 0...5 {
      let y = top + height * Double(line) / 5
      canvas.line(from: SIMD2(left, y), to: SIMD2(right, y), width: line == 5 ? 3 : 1.5, colour: line == 5 ? Self.quiet : Self.grid)
    }
    canvas.text(row.measure.name, at: SIMD2(60, top + 30), typeface: title, colour: Self.ink)
    canvas.text(row.measure.title, at: SIMD2(60, top + 82), typeface: text, colour: Self.ink)
    canvas.text(fitted(row.shortWords, small, 560), at: SIMD2(60, top + 126), typeface: small, colour: Self.quiet)
    for (value, y) in [(maximum, top), (0, top + height)] {
      let label = NumberText.decimal(value, 0)
      canvas.text(label, at: SIMD2(left - 16 - small.width(of: label), y - 9), typeface: small, colour: Self.quiet)
    }
    curve(input.series.values(.right, row.position), dashed: false, colour: Self.rightColour, top: top, maximum: maximum, on: canvas)
    curve(input.series.values(.left, row.position), dashed: true, colour: Self.leftColour, top: top, maximum: maximum, on: canvas)
  }

  private func curve(
    _ values: [Float], dashed: Bool, colour: RGBColour, top: Double, maximum: Float, on canvas: borrowing YUVCanvas
  ) {
    var points: [SIMD2<Double>] = []
    func flush() {
      stroke(points.count == 1 ? points + points : points, dashed: dashed, colour: colour, on: canvas)
      points = []
    }
    for index in CurveSampling.positions(of: values, limit: CurveDrawing.pointLimit) {
      guard values[index].isFinite else {
        flush()
        continue
      }
      let share = Double(min(max(values[index] / maximum, 0), 1))
      let x = Double(Self.plotLeft) + axis.position(ofFrame: index) * Double(Self.plotRight - Self.plotLeft)
      points.append(SIMD2(x, top + Double(Self.panelHeight) * (1 - share)))
    }
    flush()
  }

  /// Draws a line through points. The pattern of dashes continues around corners.
  private func stroke(_ points: [SIMD2<Double>], dashed: Bool, colour: RGBColour, on canvas: borrowing YUVCanvas) {
    let pattern = dashed ? [22.0, 12.0] : [.infinity]
    var part = 0
    var rest = pattern[0]
    for (start, end) in zip(points, points.dropFirst()) {
      var from = start
      var length = ((end - from) * (end - from)).sum().squareRoot()
      if length == 0 { canvas.disc(centre: from, radius: 2.5, colour: colour) }
      while length > 0 {
        let run = min(length, rest)
        let to = run == length ? end : from + (end - from) * (run / length)
        if part == 0 { canvas.line(from: from, to: to, width: 5, colour: colour) }
        rest -= run
        length -= run
        from = to
        if rest <= 0 {
          part = (part + 1) % pattern.count
          rest = pattern[part]
        }
      }
    }
  }

  private func timeAxis(y: Double, on canvas: borrowing YUVCanvas) {
    for tick in axis.ticks(10) {
      let x = Double(Self.plotLeft) + axis.position(of: tick) * Double(Self.plotRight - Self.plotLeft)
      canvas.line(from: SIMD2(x, y - 22), to: SIMD2(x, y - 10), width: 3, colour: Self.quiet)
      let label = axis.label(tick)
      canvas.text(label, at: SIMD2(x - small.width(of: label) / 2, y), typeface: small, colour: Self.quiet)
    }
    let caveat =
      "SplitFace \(input.provenance.version), engine \(input.provenance.engine). Right and left are the person's own. A measurement, not a diagnosis."
    canvas.text(fitted(caveat, small, 2280), at: SIMD2(60, y + 66), typeface: small, colour: Self.quiet)
  }

  /// Returns a text, shortened with an ellipsis if it is wider than `width`.
  private func fitted(_ words: String, _ typeface: Typeface, _ width: Double) -> String {
    // The typeface has no non-breaking space, so it is replaced by an ordinary one.
    var words = String(words.map { $0 == "\u{A0}" ? " " : $0 }.prefix(400))
    guard typeface.width(of: words) > width else { return words }
    while !words.isEmpty, typeface.width(of: words + "…") > width { words.removeLast() }
    return words + "…"
  }
}
