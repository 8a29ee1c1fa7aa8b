extension SegmentSummary {
  /// Returns the frames with the least activity and motion. Activity is the sum of the values of all measures on both sides; motion is the
  /// sum of their changes from the included frames before and after. By motion alone, a held smile would count as neutral.
  static func neutralFrames(among used: [Int], of series: MeasureSeries, share: Double) -> [Int] {
    func values(_ frame: Int) -> [Float] {
      series.measures.indices.flatMap { [series.value(.right, $0, in: frame), series.value(.left, $0, in: frame)] }.map {
        $0.isNaN ? 0 : $0
      }
    }
    var scored: [(frame: Int, score: Float)] = []
    scored.reserveCapacity(used.count)
    for (position, frame) in used.enumerated() {
      let own = values(frame)
      let neighbours = [position - 1, position + 1].filter(used.indices.contains).map { values(used[$0]) }
      let motion = neighbours.map { zip(own, $0).reduce(Float(0)) { $0 + abs($1.0 - $1.1) } }.reduce(0, +) / Float(max(1, neighbours.count))
      scored.append((frame, own.reduce(0, +) + motion))
    }
    let count = min(used.count, max(1, Int((Double(used.count) * share).rounded())))
    return scored.sorted { ($0.score, $0.frame) < ($1.score, $1.frame) }.prefix(count).map(\.frame).sorted()
  }

  static func row(
    _ measure: Int, of series: MeasureSeries, used: [Int], neutral: [Int], settings: ComparisonSettings
  ) -> Row {
    let right = side(.right, measure, of: series, used: used, neutral: neutral)
    let left = side(.left, measure, of: series, used: used, neutral: neutral)
    let larger = max(right.range, left.range)
    let smaller = min(right.range, left.range)
    let moves = larger >= settings.floor
    func lesser(_ right: Float, _ left: Float) -> FaceSide? {
      guard abs(right - left) >= Float(settings.evenShare) * max(right, left) else { return nil }
      return right < left ? .right : .left
    }
    // If a movement fills about a twentieth of the clip, as a single blink may, one frame more or less decides whether the 95th percentile
    // includes it. So the peaks have to agree.
    let byRange = lesser(right.range, left.range)
    let agree = byRange == lesser(right.peak - right.neutral, left.peak - left.neutral)
    let byMovement = moves && agree ? byRange : nil
    // A smile that is held on one side moves on neither side, and its small fluctuations do not tell which side smiles.
    let apart = abs(right.mean - left.mean)
    let byLevel = apart >= max(settings.floor, right.spread, left.spread) ? lesser(right.mean, left.mean) : nil
    let level = max(right.mean, left.mean)
    return Row(
      measure: series.measures[measure], position: measure, right: right, left: left, rangeRatio: moves ? smaller / larger : nil,
      levelRatio: level >= settings.floor ? min(right.mean, left.mean) / level : nil, weaker: byLevel ?? byMovement,
      basis: byLevel != nil ? .level : byMovement != nil ? .movement : .none)
  }

  private static func side(_ side: FaceSide, _ measure: Int, of series: MeasureSeries, used: [Int], neutral: [Int]) -> Side {
    let values = used.map { (frame: $0, value: series.value(side, measure, in: $0)) }.filter { !$0.value.isNaN }
    guard var best = values.first else {
      return Side(peak: .nan, mean: .nan, percentile95: .nan, peakFrame: 0, peakTime: .nan, neutral: .nan, range: 0, spread: 0)
    }
    for value in values where value.value > best.value { best = value }
    let sorted = values.map(\.value).sorted()
    func percentile(_ share: Double) -> Float { sorted[max(0, Int((share * Double(sorted.count)).rounded(.up)) - 1)] }
    let percentile95 = percentile(0.95)
    let resting = neutral.map { series.value(side, measure, in: $0) }.filter { !$0.isNaN }
    let rest = resting.isEmpty ? .nan : resting.reduce(0, +) / Float(resting.count)
    return Side(
      peak: best.value, mean: values.map(\.value).reduce(0, +) / Float(values.count), percentile95: percentile95,
      peakFrame: best.frame + 1, peakTime: series.timestamps[best.frame], neutral: rest,
      range: rest.isNaN ? 0 : max(0, percentile95 - rest),
      spread: percentile95 - percentile(0.05))
  }
}

extension SegmentSummary.Row {
  /// The row of a measure that could be compared in no frame.
  init(withoutValues measure: MeasureID, position: Int) {
    let nothing = SegmentSummary.Side(
      peak: .nan, mean: .nan, percentile95: .nan, peakFrame: 0, peakTime: .nan, neutral: .nan, range: .nan, spread: .nan)
    self.init(
      measure: measure, position: position, right: nothing, left: nothing, rangeRatio: nil, levelRatio: nil, weaker: nil, basis: .none)
  }
}
