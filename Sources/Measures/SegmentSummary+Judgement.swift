extension SegmentSummary.Row {
  /// Returns the row with its error and with the judgement whether a side is weaker.
  ///
  /// A side is called weaker only if the difference exceeds a limit and is a large part of the movement. The limit is the error of the
  /// measure times a factor that grows with the number of measures that had a chance to be wrong. The error combines the noise in the
  /// clip's still moments, the turn of the head between rest and movement, and the differences of healthy people. `docs/accuracy.md` has
  /// the evidence.
  /// - Parameters:
  ///   - rows: the rows of all measures, with the error of their still moments.
  ///   - frames: the number of included frames.
  ///   - yaw: by how many degrees the head is turned on average, which matters for levels.
  func judged(among rows: [Self], frames: Int, yaw: Float, settings: ComparisonSettings) -> Self {
    let limits = measure.sideLimits
    let (stillError, level) = (differenceError, max(right.mean, left.mean))
    func error(_ size: Float, turn: Float) -> Float {
      let (healthy, turned) = (limits.healthyDifference(movement: size), limits.turnedDifference(turn))
      return (healthy * healthy + turned * turned + stillError * stillError).squareRoot()
    }
    var row = self
    row.differenceError = error(max(right.range, left.range), turn: turn)
    guard limits.isJudged else { return row.with(.notSided) }
    // Where something covers the face for most of the time, single frames in which it was not noticed must not decide.
    let visible = frames - framesCovered
    if framesCovered > 0, visible < settings.fewestFrames || Double(visible) < settings.leastVisibleShare * Double(frames) {
      return row.with(.covered)
    }

    let caution = limits.caution * (framesBesideCover * 3 > visible * 2 ? settings.coverCaution : 1)

    // If a grin is held on one side, neither side moves, and trembling does not tell which side smiles. So the levels are compared if they
    // differ by more than either side moves.
    let levels = right.mean - left.mean
    let held = rows.count { $0.measure.sideLimits.isJudged && ($0.levelRatio != nil || $0.rangeRatio != nil) }
    let levelLimit = settings.factor(forMeasures: held) * max(caution, settings.levelCaution) * error(level, turn: yaw)
    if abs(levels) >= max(settings.floor, right.spread, left.spread, levelLimit, limits.leastShare * level) {
      row.difference = levels
      row.differenceError = error(level, turn: yaw)
      return row.with(.level)
    }

    guard rangeRatio != nil else { return row.with(.littleMovement) }
    guard visible >= settings.fewestFrames else { return row.with(.tooFewFrames) }
    let moving = rows.count { $0.measure.sideLimits.isJudged && $0.rangeRatio != nil }
    let limit = settings.factor(forMeasures: moving) * caution * row.differenceError
    // If a movement, such as a single blink, fills about a twentieth of the clip, one frame more or less decides whether the 95th
    // percentile includes it. So the peaks must show the difference too.
    let peaks = (right: right.peak - right.neutral, left: left.peak - left.neutral)
    let peakDifference = difference < 0 ? peaks.left - peaks.right : peaks.right - peaks.left
    guard min(abs(difference), peakDifference) >= limit else {
      return row.with(abs(difference) <= row.differenceError ? .withinError : .unclear)
    }
    guard abs(difference) >= limits.leastShare * max(right.range, left.range),
      peakDifference >= limits.leastShare * max(peaks.right, peaks.left)
    else { return row.with(.smallShare) }
    let weaker = difference < 0 ? right : left
    guard weaker.percentile95 < settings.scaleEnd * measure.highest else { return row.with(.scaleEnd) }
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
