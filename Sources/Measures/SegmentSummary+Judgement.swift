extension SegmentSummary.Row {
  /// The row with its error and its verdict.
  ///
  /// A side is called weaker only if the difference exceeds the error of this measure (that of the clip's still moments together with what
  /// healthy people show), times a factor for the number of measures that had a chance to be wrong; and if it is a large part of the
  /// movement. `docs/accuracy.md` has the evidence.
  /// - Parameters:
  ///   - rows: the rows of all measures, with the error of their still moments.
  ///   - frames: the number of included frames.
  func judged(among rows: [Self], frames: Int, settings: ComparisonSettings) -> Self {
    let limits = measure.sideLimits
    let (stillError, level) = (differenceError, max(right.mean, left.mean))
    func error(_ size: Float) -> Float {
      let healthy = limits.healthyDifference(movement: size)
      return (healthy * healthy + stillError * stillError).squareRoot()
    }
    var row = self
    row.differenceError = error(max(right.range, left.range))
    guard limits.isJudged else { return row.with(.notSided) }

    // A grin that is held on one side moves on neither, and its trembling says nothing about which side smiles. So levels are compared where
    // they differ by more than either side moves.
    let levels = right.mean - left.mean
    let held = rows.count { $0.measure.sideLimits.isJudged && ($0.levelRatio != nil || $0.rangeRatio != nil) }
    let levelLimit = settings.factor(forMeasures: held) * max(limits.caution, settings.levelCaution) * error(level)
    if abs(levels) >= max(settings.floor, right.spread, left.spread, levelLimit, limits.leastShare * level) {
      row.difference = levels
      row.differenceError = error(level)
      return row.with(.level)
    }

    guard rangeRatio != nil else { return row.with(.littleMovement) }
    guard frames >= settings.fewestFrames else { return row.with(.tooFewFrames) }
    let moving = rows.count { $0.measure.sideLimits.isJudged && $0.rangeRatio != nil }
    let limit = settings.factor(forMeasures: moving) * limits.caution * row.differenceError
    // A movement that fills about a twentieth of the clip, such as a single blink, lies on the edge of the 95th percentile, where one frame
    // more or less decides. So the peaks have to agree.
    let peaks = (right: right.peak - right.neutral, left: left.peak - left.neutral)
    let peakDifference = difference < 0 ? peaks.left - peaks.right : peaks.right - peaks.left
    guard min(abs(difference), peakDifference) >= limit else {
      return row.with(abs(difference) <= row.differenceError ? .withinError : .unclear)
    }
    guard abs(difference) >= limits.leastShare * max(right.range, left.range),
      peakDifference >= limits.leastShare * max(peaks.right, peaks.left)
    else { return row.with(.smallShare) }
    return row.with(.movement)
  }

  private func with(_ reason: SegmentSummary.Reason) -> Self {
    var row = self
    row.reason = reason
    row.basis = reason == .movement ? .movement : reason == .level ? .level : .none
    row.weaker = row.basis == .none ? nil : difference < 0 ? .right : .left
    return row
  }
}
