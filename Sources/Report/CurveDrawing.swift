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

  /// Returns the SVG path of the area within `distance` of a curve, with at most `limit` points on each of its two edges.
  ///
  /// The parameters are those of `path(_:low:high:)`; `distance` is in the unit of the values.
  func band(_ values: [Float], distance: Float, low: Float, high: Float, limit: Int = 240) -> String {
    func height(_ value: Float) -> Int { Int((Float(Self.height) * (1 - min(max((value - low) / (high - low), 0), 1))).rounded()) }
    var text = ""
    var stretch: [(x: Int, top: Int, bottom: Int)] = []
    func close() {
      if stretch.count > 1 {
        text += "M" + stretch.map { "\($0.x) \($0.top)" }.joined(separator: "L")
        text += "L" + stretch.reversed().map { "\($0.x) \($0.bottom)" }.joined(separator: "L") + "Z"
      }
      stretch = []
    }
    for index in CurveSampling.positions(of: values, limit: limit) {
      let value = values[index]
      guard value.isFinite else {
        close()
        continue
      }
      let x = Int((axis.position(ofFrame: index) * Double(Self.width)).rounded())
      stretch.append((x, height(value + distance), height(value - distance)))
    }
    close()
    return text
  }

  /// Returns the stretches of consecutive frames that are left out, as positions on the time axis, 0…1.
  /// - Parameter isLeftOut: whether each frame is left out.
  func stretches(_ isLeftOut: [Bool]) -> [(from: Double, to: Double)] {
    var stretches: [(from: Double, to: Double)] = []
    var first: Int?
    func close(at end: Int) {
      guard let start = first else { return }
      let from = start == 0 ? 0 : (axis.position(ofFrame: start - 1) + axis.position(ofFrame: start)) / 2
      let to = end == isLeftOut.count ? 1 : (axis.position(ofFrame: end - 1) + axis.position(ofFrame: end)) / 2
      // If the gap between two stretches is too small to be visible, they are joined.
      if let last = stretches.last, from - last.to < 1 / Double(Self.pointLimit) {
        stretches[stretches.count - 1].to = to
      } else {
        stretches.append((from, to))
      }
      first = nil
    }
    for (index, leftOut) in isLeftOut.enumerated() {
      if !leftOut { close(at: index) } else if first == nil { first = index }
    }
    close(at: isLeftOut.count)
    return stretches
  }
}
