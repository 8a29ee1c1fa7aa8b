import Measures

/// The charts' curves as SVG, in a coordinate system that is stretched to whatever size the page gives it.
struct CurveDrawing {
  /// Units of the drawing's width: the whole time axis. Twice the points of a curve, so that no two of them fall together.
  static let width = 3000
  /// Units of the drawing's height.
  static let height = 1000
  /// Points of a curve at most, so that an hour-long clip's report stays light.
  static let pointLimit = 1500

  let axis: TimeAxis

  /// A line through what is left of the values after thinning, with a gap where values are missing.
  /// - Parameters:
  ///   - low: the value at the bottom; `high` is that at the top.
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
      // A lone value between two gaps would be a line without length, of which nothing is drawn.
      if !penIsDown { text += "h1" }
      penIsDown = true
    }
    return text
  }

  /// The stretches of frames that do not count, as parts of the time axis.
  func excludedStretches(_ exclusions: [FrameExclusion?]) -> [(from: Double, to: Double)] {
    var stretches: [(from: Double, to: Double)] = []
    var first: Int?
    func close(at end: Int) {
      guard let start = first else { return }
      let from = start == 0 ? 0 : (axis.position(ofFrame: start - 1) + axis.position(ofFrame: start)) / 2
      let to = end == exclusions.count ? 1 : (axis.position(ofFrame: end - 1) + axis.position(ofFrame: end)) / 2
      // What is too near to see the gap is drawn as one.
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
