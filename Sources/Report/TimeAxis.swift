import Measures

/// The time axis that all charts of a report share.
struct TimeAxis: Sendable {
  /// The time of the first frame, in seconds.
  let start: Double
  /// The length of the axis in seconds; always positive.
  let length: Double
  /// The time of each frame in seconds. It is limited to ±10⁹, because callers may pass any number.
  let timestamps: [Double]

  init(_ input: ReportInput) {
    timestamps = input.series.timestamps.map { $0.isNaN ? 0 : min(max($0, -1e9), 1e9) }
    start = timestamps.first ?? 0
    let span = (timestamps.last ?? 0) - start
    length = span > 0 ? span : 1
  }

  /// Returns the position of a time on the axis, 0…1.
  func position(of time: Double) -> Double { min(max((time - start) / length, 0), 1) }

  /// Returns the position of a frame on the axis, 0…1.
  func position(ofFrame index: Int) -> Double { position(of: timestamps[index]) }

  /// Returns the times at which to label the axis, in seconds: about `count` round numbers.
  func ticks(_ count: Int) -> [Double] {
    let steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600]
    // If a clip is so long that all these steps would give more than `count` ticks, a longer step is computed.
    let step = steps.first { length / $0 <= Double(count) } ?? max(7200, (length / Double(max(1, count)) / 3600).rounded(.up) * 3600)
    let first = Int((start / step).rounded(.up))
    let last = Int(((start + length) / step).rounded(.down))
    return first <= last ? (first...last).map { Double($0) * step } : []
  }

  /// Returns the label of a tick.
  func label(_ tick: Double) -> String {
    if length < 10 { return NumberText.decimal(tick, 1) + " s" }
    if length < 100 { return NumberText.decimal(tick, 0) + " s" }
    return String(NumberText.time(tick).dropLast(3))
  }
}
