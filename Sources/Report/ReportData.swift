import Measures

/// The numbers that the page's script reads: values to show at the cursor, and the frames' times to step by.
///
/// Written as whole numbers, which are short; hundredths for intensities and quality, tenths for degrees, tenths of milliseconds for
/// times. Nothing in it comes from outside but numbers.
struct ReportData {
  let input: ReportInput
  let axis: TimeAxis

  /// Frames up to which each has its own numbers at the cursor: five to seven minutes of video, and about a megabyte of them with all
  /// Action Units. A longer clip's numbers are the extremes of as many consecutive frames as make `CurveDrawing.pointLimit` groups, as
  /// its curves are.
  static let exactLimit = 10_000

  static func buckets(_ count: Int) -> Int { count <= exactLimit ? count : CurveDrawing.pointLimit }

  var json: String {
    let count = input.series.count
    let buckets = Self.buckets(count)
    let ranges = (0..<buckets).map { CurveSampling.range(of: $0, buckets: buckets, count: count) }
    func list(_ value: (Range<Int>) -> String) -> String { "[" + ranges.map(value).joined(separator: ",") + "]" }
    func largest(_ range: Range<Int>, _ value: (Int) -> Float?, scale: Float) -> String {
      let values = range.compactMap(value).filter(\.isFinite)
      return values.max { abs($0) < abs($1) }.map { String(Int(($0 * scale).rounded())) } ?? "null"
    }
    let units = input.summary.rows.map { row in
      let right = list { largest($0, { input.series.value(.right, row.position, in: $0) }, scale: 100) }
      let left = list { largest($0, { input.series.value(.left, row.position, in: $0) }, scale: 100) }
      return "\"\(row.measure.name)\":{\"r\":\(right),\"l\":\(left)}"
    }
    let used = list { range in range.contains { input.series.exclusions[$0] == nil } ? "1" : "0" }
    let yaw = list { largest($0, { input.faces[$0].yaw }, scale: 10) }
    let quality = list { range in range.map { input.faces[$0].quality }.min().map { String(Int(($0 * 100).rounded())) } ?? "null" }
    return "{\"start\":\(seconds(axis.start)),\"length\":\(seconds(axis.length)),\"frames\":\(frameTimes),\"buckets\":\(buckets),"
      + "\"used\":\(used),\"yaw\":\(yaw),\"quality\":\(quality),\"units\":{\(units.joined(separator: ","))}}"
  }

  /// `{"count":n,"step":s}` where frames are evenly spaced, `{"count":n,"deltas":[…]}` where not.
  private var frameTimes: String {
    let times = axis.timestamps
    let step = times.count > 1 ? axis.length / Double(times.count - 1) : 0.04
    // Half a tenth of the shortest frame that cameras make (240 a second).
    let even = times.enumerated().allSatisfy { abs($0.element - (axis.start + Double($0.offset) * step)) < 0.0002 }
    if even { return "{\"count\":\(times.count),\"step\":\(seconds(step))}" }
    let ticks = times.map { Int((($0 - axis.start) * 10_000).rounded()) }
    let deltas = ticks.indices.map { $0 == 0 ? 0 : ticks[$0] - ticks[$0 - 1] }
    return "{\"count\":\(times.count),\"deltas\":[\(deltas.map(String.init).joined(separator: ","))]}"
  }

  private func seconds(_ value: Double) -> String {
    // JSON knows neither infinities nor not-a-number.
    value.isFinite ? "\(value)" : "0"
  }
}
