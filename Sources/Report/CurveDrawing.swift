import Measures

/// Draws the curves of the charts as SVG paths. The page stretches the drawing to the size of the chart.
struct CurveDrawing {
  /// The width of the drawing, which is the length of the time axis. It is twice `pointLimit`, so that no two points of a curve coincide.
  static let width = 3000
  /// The height of the drawing.
  static let height = 1000
  /// The maximum number of points of a curve, so that the report of an hour-long clip stays small.
  static let pointLimit = 1500

  let axis: TimeAxis

  /// Returns the SVG path of a curve with at most `limit` points. The curve has gaps where values are missing.
  /// - Parameters:
  ///   - values: the value of each frame.
  ///   - low: the value at the bottom of the drawing.
  ///   - high: the value at the top of the drawing.
  func path(_ values: [Float], low: Float, high: Float, limit: Int = pointLimit, width: Int = width, height: Int = height) -> String {
    var text = ""
    var penIsDown = false
    for index in CurveSampling.positions(of: values, limit: limit) {
      let value = values[index]
      guard value.isFinite else {
        penIsDown = false
        continue
      }
      let share = min(max((value - low) / (high - low), 0), 1)
      let x = Int((axis.position(ofFrame: index) * Double(width)).rounded())
      let y = Int((Float(height) * (1 - share)).rounded())
      text += "\(penIsDown ? "L" : "M")\(x) \(y)"
      // A line of length zero is not drawn, so a single value between two gaps becomes a short line.
      if !penIsDown { text += "h1" }
      penIsDown = true
    }
    return text
  }

  /// Returns the stretches of consecutive excluded frames, as positions on the time axis, 0…1.
  func excludedStretches(_ exclusions: [FrameExclusion?]) -> [(from: Double, to: Double)] {
    var stretches: [(from: Double, to: Double)] = []
    var first: Int?
    func close(at end: Int) {
      guard let start = first else { return }
      let from = start == 0 ? 0 : (axis.position(ofFrame: start - 1) + axis.position(ofFrame: start)) / 2
      let to = end == exclusions.count ? 1 : (axis.position(ofFrame: end - 1) + axis.position(ofFrame: end)) / 2
      // If the gap between two stretches is too small to be visible, they are joined.
      if let last = stretches.last, from - last.to < 1 / Double(Self.pointLimit) {
        stretches[stretches.count - 1].to = to
      } else {
        stretches.append((from, to))
      }
      first = nil
    }
    for (index, exclusion) in exclusions.enumerated() {
      if exclusion == nil { close(at: index) } else if first == nil { first = index }
    }
    close(at: exclusions.count)
    return stretches
  }
}
