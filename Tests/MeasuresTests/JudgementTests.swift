import Foundation
import Measures
import TestSupport
import Testing

/// The rule by which a side is called weaker.
@Suite struct JudgementTests {
  /// A clip that rests at 1, moves by these heights and rests again; random `noise` raises one side and lowers the other.
  private func movement(
    right: [String: Float], left: [String: Float], frames count: Int = 100, noise: Float = 0
  ) -> [SidedFrame] {
    var generator = SeededGenerator(seed: 22)
    return (0..<count).map { index in
      let strength: Float = index >= count * 4 / 10 && index < count * 7 / 10 ? 1 : 0
      let shaken = Float.random(in: -1...1, using: &generator) * noise
      return TestMeasures.frame(
        Double(index) / 25, right: right.mapValues { 1 + $0 * strength + shaken }, left: left.mapValues { 1 + $0 * strength - shaken })
    }
  }

  private func row(_ frames: [SidedFrame], _ measures: [MeasureID] = TestMeasures.all) throws -> SegmentSummary.Row {
    try #require(TestMeasures.summary(frames, measures).row("AU12"))
  }

  @Test func theFindingIsTheSideThatMovesLessAndSaysByHowMuch() throws {
    let row = try row(movement(right: ["AU12": 4], left: ["AU12": 1]))
    #expect(row.weaker == .left)
    #expect(row.reason == .movement)
    #expect(row.difference == 3)
    #expect(row.differenceError > 0)
    #expect(row.differenceError < 3)
  }

  @Test func exchangingTheSidesExchangesTheVerdictAndTheSign() throws {
    var generator = SeededGenerator(seed: 20)
    for _ in 0..<50 {
      let (right, left) = (Float.random(in: 0...5, using: &generator), Float.random(in: 0...5, using: &generator))
      let row = try row(movement(right: ["AU12": right], left: ["AU12": left]))
      let exchanged = try self.row(movement(right: ["AU12": left], left: ["AU12": right]))
      #expect(exchanged.weaker == row.weaker?.other)
      #expect(exchanged.reason == row.reason)
      #expect(exchanged.difference == -row.difference)
      #expect(exchanged.differenceError == row.differenceError)
    }
  }

  @Test func theSideThatMovesMoreIsNeverNamed() throws {
    var generator = SeededGenerator(seed: 21)
    for _ in 0..<100 {
      let (right, left) = (Float.random(in: 0...5, using: &generator), Float.random(in: 0...5, using: &generator))
      let noise = Float.random(in: 0...0.5, using: &generator)
      let row = try row(movement(right: ["AU12": right], left: ["AU12": left], noise: noise))
      if let weaker = row.weaker { #expect(row.side(weaker).range < row.side(weaker.other).range) }
    }
  }

  @Test func equalSidesAreAboutEven() throws {
    let row = try row(movement(right: ["AU12": 3], left: ["AU12": 3]))
    #expect(row.weaker == nil)
    #expect(row.reason == .withinError)
    #expect(row.difference == 0)
  }

  @Test func aDifferenceThatHealthyPeopleShowIsNoFinding() throws {
    let frames = movement(right: ["AU12": 1], left: ["AU12": 0.2])
    #expect(try row(frames).weaker == .left)
    let varied = [TestMeasures.measure("AU12", limits: SideLimits(spread: 1, leastShare: 0.4))]
    let alone = frames.map {
      SidedFrame(timestamp: $0.timestamp, right: [$0.right[2]], left: [$0.left[2]], exclusion: $0.exclusion)
    }
    #expect(try row(alone, varied).reason == .withinError)
  }

  @Test func aDifferenceBetweenItsErrorAndTheLimitIsUnclear() throws {
    let measures = TestMeasures.names.map {
      TestMeasures.measure($0, limits: SideLimits(spread: 0.3, growth: 0, leastShare: 0.4, caution: 2))
    }
    func reason(difference: Float) throws -> SegmentSummary.Reason {
      try row(movement(right: ["AU12": 2], left: ["AU12": 2 - difference]), measures).reason
    }
    // The error is 0.59, the limit twice that.
    #expect(try reason(difference: 0.5) == .withinError)
    #expect(try reason(difference: 0.9) == .unclear)
    #expect(try reason(difference: 1.3) == .movement)
  }

  @Test func aSmallPartOfALargeMovementIsNoFinding() throws {
    let measures = TestMeasures.names.map { TestMeasures.measure($0, limits: SideLimits(spread: 0.1, growth: 0, leastShare: 0.4)) }
    let row = try row(movement(right: ["AU12": 4], left: ["AU12": 3]), measures)
    #expect(row.weaker == nil)
    #expect(row.reason == .smallShare)
  }

  /// One corner of the mouth is higher at rest, and both reach the end of the scale, 5.
  @Test(arguments: [(Float(2.5), SegmentSummary.Reason.scaleEnd), (1.5, .movement)])
  func aSideThatReachesTheEndOfTheScaleIsNotCalledWeaker(_ leftRange: Float, _ reason: SegmentSummary.Reason) throws {
    let frames = (0..<100).map { index in
      let moves = (40..<70).contains(index)
      return TestMeasures.frame(
        Double(index) / 25, right: ["AU12": moves ? 5 : 0], left: ["AU12": 2.4 + (moves ? leftRange : 0)])
    }
    let row = try row(frames)
    #expect(row.reason == reason)
    #expect((row.weaker == .left) == (reason == .movement))
  }

  @Test func aNoisyClipHasALargerError() throws {
    let errors = try [0, 0.2, 0.5, 1].map { try row(movement(right: ["AU12": 3], left: ["AU12": 3], noise: $0)).differenceError }
    for (less, more) in zip(errors, errors.dropFirst()) { #expect(less < more) }
  }

  /// The left side moves less while the head turns by the given angle: the turn may be the cause.
  @Test func aTurnOfTheHeadDuringAMovementAddsToTheError() throws {
    let measures = [TestMeasures.measure("AU12", limits: SideLimits(spread: 0.3, growth: 0, perDegree: 0.1, leastShare: 0.1))]
    func row(turn: Double, rest: Double = 0) throws -> SegmentSummary.Row {
      let frames = (0..<100).map { index in
        let moves = (40..<70).contains(index)
        return SidedFrame(
          timestamp: Double(index), right: [moves ? 3 : 0], left: [moves ? 2 : 0], yaw: rest + (moves ? turn : 0), exclusion: nil)
      }
      return try #require(SegmentSummary(MeasureSeries(measures, frames)).row("AU12"))
    }
    #expect(try row(turn: 0).weaker == .left)
    #expect(try row(turn: 10).weaker == nil)
    #expect(try row(turn: -10).differenceError == row(turn: 10).differenceError)
    #expect(try row(turn: 0, rest: 15).differenceError == row(turn: 0).differenceError, "a constant yaw is part of rest and movement alike")
    #expect(abs(try row(turn: 10).differenceError - 1.96 * (0.09 + 1).squareRoot()) < 1e-3)
  }

  @Test func theMoreMeasuresMoveTheClearerADifferenceMustBe() throws {
    let names = (0..<18).map { "M\($0)" }
    let measures = names.map { TestMeasures.measure($0, limits: SideLimits(spread: 0.3, growth: 0, leastShare: 0.1)) }
    // Just above the error of a single measure, 0.59.
    func summary(moving: Int) -> SegmentSummary {
      let frames = (0..<100).map { index in
        let strength: Float = (40..<70).contains(index) ? 1 : 0
        return SidedFrame(
          timestamp: Double(index), right: names.indices.map { $0 < moving ? 2 * strength : 0 },
          left: names.indices.map { $0 == 0 ? 1.35 * strength : $0 < moving ? 2 * strength : 0 }, exclusion: nil)
      }
      return SegmentSummary(MeasureSeries(measures, frames))
    }
    #expect(summary(moving: 1).row("M0")?.weaker == .left)
    #expect(summary(moving: 18).row("M0")?.weaker == nil)
  }

  @Test func aFewFramesNameNoSideByMovement() throws {
    let row = try row(movement(right: ["AU12": 4], left: ["AU12": 0], frames: 9))
    #expect(row.weaker == nil)
    #expect(row.reason == .tooFewFrames)
  }

  @Test func aMeasureWhoseSidesMoveTogetherIsNotJudged() throws {
    let measures = TestMeasures.names.map { TestMeasures.measure($0, limits: SideLimits(spread: 0.3, leastShare: 0.4, isJudged: false)) }
    let row = try row(movement(right: ["AU12": 5], left: ["AU12": 0]), measures)
    #expect(row.weaker == nil)
    #expect(row.reason == .notSided)
  }

  @Test func withoutLearntLimitsOnlyAVeryLargeDifferenceIsAFinding() throws {
    let measures = TestMeasures.names.map { TestMeasures.measure($0, limits: nil) }
    #expect(measures.allSatisfy { !$0.sideLimits.isLearnt })
    #expect(try row(movement(right: ["AU12": 3], left: ["AU12": 1.2]), measures).weaker == nil)
    #expect(try row(movement(right: ["AU12": 5], left: ["AU12": 0]), measures).weaker == .left)
  }

  @Test func theTablesNewColumnsAreBehindTheOldOnesAndAgreeWithThem() throws {
    let summary = TestMeasures.summary(movement(right: ["AU12": 4, "AU25": 1], left: ["AU12": 1, "AU25": 0.9]))
    let table = try #require(StoredTable(TestMeasures.summaryTable.text(SummaryTable.rows(of: summary))))
    #expect(
      table.header.suffix(7)
        == ["level_ratio", "weaker_by", "difference", "difference_error", "finding", "finding_reason", "excluded_covered"])
    for position in table.rows.indices {
      let weaker = table.text("weaker_side", in: position)
      #expect(table.text("finding", in: position) == (weaker == "neither" ? "none" : weaker))
    }
    let smile = try #require(table.rows.indices.first { table.text("au", in: $0) == "AU12" })
    #expect(table.number("difference", in: smile) == 3)
    #expect(table.text("finding_reason", in: smile) == "movement")
  }
}
