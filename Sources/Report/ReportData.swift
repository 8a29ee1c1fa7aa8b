import Measures

/// The numbers that the page's script reads: the values to show at the cursor, and the times of the frames.
///
/// To keep the page small, most numbers are written as integers: values and quality in hundredths, angles in tenths of a degree, and the
/// times between unevenly spaced frames in tenths of a millisecond. The JSON contains only numbers and the names of measures, so it needs
/// no escaping.
struct ReportData {
  let input: ReportInput
  let axis: TimeAxis

  /// The largest number of frames for which the page contains the numbers of each frame. This is five to seven minutes of video, or about a
  /// megabyte of numbers with all Action Units.
  ///
  /// The frames of a longer clip are divided into `CurveDrawing.pointLimit` groups, and the page contains the extremes of each group.
  static let exactLimit = 10_000

  /// Returns the number of groups that `count` frames are divided into.
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

  /// The times of the frames: `{"count":n,"step":s}` if they are evenly spaced, otherwise `{"count":n,"deltas":[…]}`.
  private var frameTimes: String {
    let times = axis.timestamps
    let step = times.count > 1 ? axis.length / Double(times.count - 1) : 0.04
    // The tolerance is a twentieth of a frame at 240 frames per second, the highest rate of ordinary cameras.
    let even = times.enumerated().allSatisfy { abs($0.element - (axis.start + Double($0.offset) * step)) < 0.0002 }
    if even { return "{\"count\":\(times.count),\"step\":\(seconds(step))}" }
    let ticks = times.map { Int((($0 - axis.start) * 10_000).rounded()) }
    let deltas = ticks.indices.map { $0 == 0 ? 0 : ticks[$0] - ticks[$0 - 1] }
    return "{\"count\":\(times.count),\"deltas\":[\(deltas.map(String.init).joined(separator: ","))]}"
  }

  private func seconds(_ value: Double) -> String {
    // JSON cannot represent infinity and not-a-number.
    value.isFinite ? "\(value)" : "0"
  }
}
