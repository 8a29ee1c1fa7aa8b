extension SegmentSummary {
  /// Returns the frames with the smallest sum of activity and motion.
  ///
  /// Activity is the sum of the values of both sides over all measures that are 0 at rest. Motion is the sum, over all measures, of the
  /// absolute differences from the previous and the next included frame, averaged over these two frames. Motion alone does not suffice,
  /// because a smile that is held would then count as neutral.
  ///
  /// Values of covered areas are left out. Frames in which nothing is covered are preferred, because the sums of the others contain fewer
  /// measures.
  static func neutralFrames(among used: [Int], of series: MeasureSeries, share: Double) -> [Int] {
    let count = min(used.count, max(1, Int((Double(used.count) * share).rounded())))
    let visible = used.filter { series.covers[$0].isEmpty }
    let used = visible.count >= count ? visible : used
    func values(_ frame: Int) -> [Float] {
      series.measures.indices.flatMap { [series.visibleValue(.right, $0, in: frame), series.visibleValue(.left, $0, in: frame)] }.map {
        $0.isNaN ? 0 : $0
      }
    }
    let countsAsActivity = series.measures.flatMap { [$0.isZeroAtRest, $0.isZeroAtRest] }
    var scored: [(frame: Int, score: Float)] = []
    scored.reserveCapacity(used.count)
    for (position, frame) in used.enumerated() {
      let own = values(frame)
      let neighbours = [position - 1, position + 1].filter(used.indices.contains).map { values(used[$0]) }
      let motion = neighbours.map { zip(own, $0).reduce(Float(0)) { $0 + abs($1.0 - $1.1) } }.reduce(0, +) / Float(max(1, neighbours.count))
      scored.append((frame, zip(own, countsAsActivity).reduce(motion) { $1.1 ? $0 + $1.0 : $0 }))
    }
    return scored.sorted { ($0.score, $0.frame) < ($1.score, $1.frame) }.prefix(count).map(\.frame).sorted()
  }

  /// Returns the row of a measure before it is judged.
  static func row(
    _ measure: Int, of series: MeasureSeries, used: [Int], neutral: [Int], settings: ComparisonSettings
  ) -> Row {
    let right = side(.right, measure, of: series, used: used, neutral: neutral)
    let left = side(.left, measure, of: series, used: used, neutral: neutral)
    let larger = max(right.range, left.range)
    let level = max(right.mean, left.mean)
    return Row(
      measure: series.measures[measure], position: measure, right: right, left: left,
      rangeRatio: larger >= settings.floor ? min(right.range, left.range) / larger : nil,
      levelRatio: level >= settings.floor ? min(right.mean, left.mean) / level : nil, difference: right.range - left.range,
      differenceError: stillError(measure, of: series, used: used, neutral: neutral),
      turn: turn(measure, of: series, used: used, neutral: neutral, right: right, left: left), weaker: nil, basis: .none,
      reason: .withinError,
      framesCovered: used.count { series.isCovered(measure, in: $0) },
      framesBesideCover: used.count { !series.covers[$0].isEmpty && !series.isCovered(measure, in: $0) })
  }

  /// Returns the error, at 95 %, that the clip's own noise causes in a difference of ranges; zero if it is not known. The noise is the
  /// variation of right minus left over the neutral frames. A range is treated as the difference between two means: the mean over the
  /// frames above the 95th percentile, which are a twentieth of all frames, and the mean over the neutral frames.
  private static func stillError(_ measure: Int, of series: MeasureSeries, used: [Int], neutral: [Int]) -> Float {
    let still = neutral.map { series.visibleValue(.right, measure, in: $0) - series.visibleValue(.left, measure, in: $0) }
      .filter { !$0.isNaN }
    guard still.count > 1 else { return 0 }
    let mean = still.reduce(0, +) / Float(still.count)
    let variance = still.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Float(still.count)
    return SideLimits.normal95 * (variance * (1 / Float(still.count) + 1 / max(1, Float(used.count) / 20))).squareRoot()
  }

  /// Returns by how many degrees of yaw the head is turned between the neutral frames and those in which a side reaches its 95th
  /// percentile; 0 if it is not known.
  private static func turn(
    _ measure: Int, of series: MeasureSeries, used: [Int], neutral: [Int], right: Side, left: Side
  ) -> Float {
    let moved = used.filter { frame in
      series.visibleValue(.right, measure, in: frame) >= right.percentile95
        || series.visibleValue(.left, measure, in: frame) >= left.percentile95
    }
    let turn = abs(meanYaw(of: series, in: moved) - meanYaw(of: series, in: neutral))
    return turn.isNaN ? 0 : turn
  }

  /// Returns the mean yaw over the given frames, in degrees; not-a-number if none of them has one.
  static func meanYaw(of series: MeasureSeries, in frames: [Int]) -> Float {
    let yaws = frames.map { series.yaws[$0] }.filter { !$0.isNaN }
    return yaws.reduce(0, +) / Float(yaws.count)
  }

  private static func side(_ side: FaceSide, _ measure: Int, of series: MeasureSeries, used: [Int], neutral: [Int]) -> Side {
    let values = used.map { (frame: $0, value: series.visibleValue(side, measure, in: $0)) }.filter { !$0.value.isNaN }
    guard var best = values.first else {
      return Side(peak: .nan, mean: .nan, percentile95: .nan, peakFrame: 0, peakTime: .nan, neutral: .nan, range: 0, spread: 0)
    }
    for value in values where value.value > best.value { best = value }
    let sorted = values.map(\.value).sorted()
    func percentile(_ share: Double) -> Float { sorted[max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)] }
    let percentile95 = percentile(0.95)
    let resting = neutral.map { series.visibleValue(side, measure, in: $0) }.filter { !$0.isNaN }
    var rest = resting.isEmpty ? .nan : resting.reduce(0, +) / Float(resting.count)
    // Neutral frames are chosen by all measures together, so they may lie in a movement of this measure. If the neutral value is therefore
    // above the measure's median, the median is used instead.
    if !series.measures[measure].isZeroAtRest { rest = min(rest, percentile(0.5)) }
    return Side(
      peak: best.value, mean: values.map(\.value).reduce(0, +) / Float(values.count), percentile95: percentile95,
      peakFrame: best.frame + 1, peakTime: series.timestamps[best.frame], neutral: rest,
      range: rest.isNaN ? 0 : max(0, percentile95 - rest),
      spread: percentile95 - percentile(0.05))
  }
}

extension SegmentSummary.Row {
  /// Makes the row of a measure that could not be compared in any frame.
  init(withoutValues measure: MeasureID, position: Int, framesCovered: Int) {
    let nothing = SegmentSummary.Side(
      peak: .nan, mean: .nan, percentile95: .nan, peakFrame: 0, peakTime: .nan, neutral: .nan, range: .nan, spread: .nan)
    self.init(
      measure: measure, position: position, right: nothing, left: nothing, rangeRatio: nil, levelRatio: nil, difference: .nan,
      differenceError: .nan, turn: .nan, weaker: nil, basis: .none, reason: framesCovered > 0 ? .covered : .notCompared,
      framesCovered: framesCovered)
  }
}
