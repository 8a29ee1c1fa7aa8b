import ActionUnits

/// The time that a report's charts span.
struct TimeAxis: Sendable {
  /// Seconds: the first frame's time.
  let start: Double
  /// Seconds, above zero.
  let length: Double
  let timestamps: [Double]

  init(_ input: ReportInput) {
    timestamps = input.frames.map(\.timestamp)
    start = timestamps.first ?? 0
    let span = (timestamps.last ?? 0) - start
    length = span > 0 ? span : 1
  }

  /// 0…1
  func position(of time: Double) -> Double { min(max((time - start) / length, 0), 1) }

  func position(ofFrame index: Int) -> Double { position(of: timestamps[index]) }

  /// Round times to write below an axis, about `count` of them.
  func ticks(_ count: Int) -> [Double] {
    let steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600]
    let step = steps.first { length / $0 <= Double(count) } ?? 7200
    let first = Int((start / step).rounded(.up))
    let last = Int(((start + length) / step).rounded(.down))
    return first <= last ? (first...last).map { Double($0) * step } : []
  }

  /// What to write at a tick.
  func label(_ tick: Double) -> String {
    if length < 10 { return NumberText.decimal(tick, 1) + " s" }
    if length < 100 { return NumberText.decimal(tick, 0) + " s" }
    return String(NumberText.time(tick).dropLast(3))
  }
}
