import Foundation
import Measures
import TestSupport
import Testing

@Suite struct SegmentSummaryTests {
  /// A clip of 100 frames: neutral, then the right side smiles twice as strongly as the left, peaking at frame 71.
  private func smile() -> [SidedFrame] {
    (0..<100).map { index in
      let strength = index < 40 ? 0 : Float(2 - abs(Double(index) - 70) / 30 * 2)
      return TestMeasures.frame(
        Double(index) / 25, right: ["AU12": 2 * strength, "AU01": 0.1], left: ["AU12": strength, "AU01": 0.1])
    }
  }

  @Test func theWeakerSideIsTheOneThatMovesLess() throws {
    let summary = TestMeasures.summary(smile())
    let row = try #require(summary.row("AU12"))
    #expect(row.weaker == .left)
    #expect(row.basis == .movement)
    #expect(row.right.peak == 4)
    #expect(row.right.peakFrame == 71)
    #expect(row.right.peakTime == 2.8)
    #expect(row.left.peak == 2)
    #expect(row.right.neutral == 0)
    #expect(abs((row.rangeRatio ?? .nan) - 0.5) < 1e-6)
    #expect(summary.neutralFrames.allSatisfy { $0 <= 41 })
  }

  @Test func aSingleBlinkWithEqualPeaksNamesNoWeakerSide() throws {
    // Six frames of a hundred on the right, four on the left: the 95th percentile catches one side alone.
    let frames = (0..<100).map { index in
      TestMeasures.frame(
        Double(index) / 25, right: ["AU45": (50..<56).contains(index) ? 5 : 0], left: ["AU45": (51..<55).contains(index) ? 4.8 : 0])
    }
    let row = try #require(TestMeasures.summary(frames).row("AU45"))
    #expect(row.right.range == 5)
    #expect(row.left.range == 0)
    #expect(row.weaker == nil)
    #expect(row.reason == .unclear)
  }

  /// Under another light, from frame 60 on, the brows seem lower, although the lips part a little: the first frames are the neutral ones.
  @Test func measuresThatAreNotZeroAtRestDoNotDecideWhatIsNeutral() throws {
    let frames = (0..<100).map { index in
      let (brow, lips): (Float, Float) = index < 60 ? (1.5, 0) : (0.9, 0.3)
      return TestMeasures.frame(Double(index) / 25, right: ["AU01": brow, "AU25": lips], left: ["AU01": brow, "AU25": lips])
    }
    let weighted = TestMeasures.all.map { measure in
      var measure = measure
      if measure.name == "AU01" { measure.isZeroAtRest = false }
      return measure
    }
    #expect(TestMeasures.summary(frames, weighted).neutralFrames.allSatisfy { $0 <= 60 })
    #expect(TestMeasures.summary(frames).neutralFrames.allSatisfy { $0 > 60 })
  }

  /// The lips, which are parted at rest, close while the right brow is raised. So the clip's neutral frames are those of the raised brow.
  @Test func aMeasureThatIsNotZeroAtRestIsNeutralAtMostAtItsMedian() throws {
    let frames = (0..<100).map { index in
      let isRaised = (40..<55).contains(index)
      let lips: Float = isRaised ? 0 : 1
      return TestMeasures.frame(
        Double(index) / 25, right: ["AU01": isRaised ? 3 : 1, "AU25": lips], left: ["AU01": 1, "AU25": lips])
    }
    let measures = TestMeasures.all.map { measure in
      var measure = measure
      if measure.name == "AU01" { measure.isZeroAtRest = false }
      return measure
    }
    let row = try #require(TestMeasures.summary(frames, measures).row("AU01"))
    #expect(row.right.neutral == 1)
    #expect(row.right.range == 2)
    #expect(row.left.range == 0)
    #expect(row.weaker == .left)
  }

  @Test func aMeasureThatDoesNotMoveHasNoWeakerSide() throws {
    let row = try #require(TestMeasures.summary(smile()).row("AU01"))
    #expect(row.weaker == nil)
    #expect(row.rangeRatio == nil)
    #expect(row.reason == .littleMovement)
  }

  /// A grin that is held on the right from the first frame to the last, with a little trembling.
  private func heldGrin(_ count: Int) -> [SidedFrame] {
    (0..<count).map { index in
      TestMeasures.frame(
        Double(index) / 25, right: ["AU12": 4 + Float(index % 3) * 0.1, "AU25": 1.2],
        left: ["AU12": 0.2 + Float(index % 2) * 0.1, "AU25": 1.15])
    }
  }

  @Test(arguments: [1, 50]) func aHeldGrinNamesTheSideThatStaysLower(_ frames: Int) throws {
    let summary = TestMeasures.summary(heldGrin(frames))
    let row = try #require(summary.row("AU12"))
    #expect(row.weaker == .left)
    #expect(row.basis == .level)
    #expect(row.rangeRatio == nil)
    #expect(abs((row.levelRatio ?? .nan) - 0.06) < 0.02)
    let lips = try #require(summary.row("AU25"))
    #expect(lips.weaker == nil)
    #expect(lips.basis == .none)
  }

  /// A raised brow that sinks: the clip's least active frames are not its lowest, so there is no range, but it moves.
  @Test func aMovementBelowNeutralIsNotJudgedByItsLevel() throws {
    let frames = (0..<50).map { index in
      let smile: Float = index < 6 ? 0 : 4
      let brow: Float = index < 10 ? 1.5 : 0
      return TestMeasures.frame(Double(index) / 25, right: ["AU12": smile, "AU01": 0], left: ["AU12": smile, "AU01": brow])
    }
    let row = try #require(TestMeasures.summary(frames).row("AU01"))
    #expect(row.left.range == 0)
    #expect(row.left.spread == 1.5)
    #expect(row.weaker == nil)
  }

  @Test func measuresThatCouldNotBeComparedHaveRowsInTheTable() throws {
    let frames = (0..<3).map { TestMeasures.frame(Double($0), exclusion: .noFace) }
    let measures = TestMeasures.names.map { TestMeasures.measure($0, isProvided: $0 == "AU12" || $0 == "AU04") }
    let summary = TestMeasures.summary(frames, measures)
    #expect(summary.rows.isEmpty)
    #expect(summary.uncompared.map(\.name) == ["AU04", "AU12"])
    let table = try #require(StoredTable(TestMeasures.summaryTable.text(SummaryTable.rows(of: summary))))
    #expect(table.rows.count == 2)
    #expect(table.text("au", in: 0) == "AU04")
    #expect(table.text("right_peak", in: 0) == "nan")
    #expect(table.text("left_peak_frame", in: 0) == "0")
    #expect(table.text("right_range", in: 0) == "nan")
    #expect(table.text("weaker_side", in: 0) == "neither")
    #expect(table.text("frames_used", in: 0) == "0")
    #expect(table.text("excluded_no_face", in: 0) == "3")
    #expect(table.text("weaker_by", in: 0) == "none")
    #expect(table.text("difference", in: 0) == "nan")
    #expect(table.text("difference_error", in: 0) == "nan")
    #expect(table.text("finding", in: 0) == "none")
    #expect(table.text("finding_reason", in: 0) == "not_compared")
  }

  @Test func excludedFramesChangeNothingAndAreCounted() {
    var frames = smile()
    frames.append(TestMeasures.frame(4, right: ["AU12": 5], left: ["AU12": 0], exclusion: .headTurned))
    frames.append(TestMeasures.frame(4.04, exclusion: .noFace))
    let summary = TestMeasures.summary(frames)
    #expect(summary.rows == TestMeasures.summary(smile()).rows)
    #expect(summary.framesUsed == 100)
    #expect(summary.framesExcluded == [.headTurned: 1, .noFace: 1])
  }

  @Test func exchangingTheSidesExchangesTheFinding() {
    let exchanged = smile().map { SidedFrame(timestamp: $0.timestamp, right: $0.left, left: $0.right, exclusion: nil) }
    let row = TestMeasures.summary(exchanged).row("AU12")
    #expect(row?.weaker == .right)
    #expect(row?.left.peak == 4)
  }

  @Test func aSegmentIsSummarisedAsIfItWereTheClip() {
    let frames = smile()
    let series = MeasureSeries(TestMeasures.all, frames)
    let part = SegmentSummary(series, segment: Segment(name: "smile", frames: 40..<90))
    let alone = TestMeasures.summary(Array(frames[40..<90]))
    #expect(part.framesUsed == 50)
    #expect(part.row("AU12")?.left.range == alone.row("AU12")?.left.range)
    #expect(part.row("AU12")?.right.peakFrame == 71)
  }

  @Test func anyNumberOfMeasuresIsSummarised() {
    let measures = (0..<100).map { TestMeasures.measure("M\($0)", highest: 50) }
    let frames = (0..<20).map { index in
      SidedFrame(
        timestamp: Double(index), right: measures.indices.map { Float($0 * (index % 2)) }, left: measures.indices.map { _ in 0 },
        exclusion: nil)
    }
    let summary = SegmentSummary(MeasureSeries(measures, frames))
    #expect(summary.rows.count == 100)
    #expect(summary.row("M99")?.weaker == .left)
  }

  @Test func theIndexIsBoundedAndSignedAndMissingBelowTheFloor() {
    let settings = ComparisonSettings()
    #expect(settings.index(right: 3, left: 1) == 0.5)
    #expect(settings.index(right: 1, left: 3) == -0.5)
    #expect(settings.index(right: 3, left: 0) == 1)
    #expect(settings.index(right: settings.floor / 2, left: 0).isNaN)
    #expect(settings.index(right: .nan, left: 1).isNaN)
  }

  @Test func findingsAreSortedByTheirDifferenceOnTheMeasuresScale() {
    let measures = TestMeasures.names.map {
      TestMeasures.measure(
        $0, highest: $0 == "AU01" ? 1 : 5, limits: SideLimits(spread: $0 == "AU01" ? 0.06 : 0.3, leastShare: 0.4))
    }
    let frames = (0..<100).map { index in
      let strength: Float = index < 50 ? 0 : 1
      return TestMeasures.frame(
        Double(index), right: ["AU01": strength, "AU12": 2 * strength], left: ["AU01": 0.3 * strength, "AU12": 0])
    }
    let findings = Finding.findings(of: TestMeasures.summary(frames, measures))
    #expect(findings.map(\.measure.name) == ["AU01", "AU12"])
    #expect(findings.allSatisfy { $0.weaker == .left })
  }

  @Test func theFindingsOfATableAreThoseOfItsSummary() throws {
    for frames in [smile(), heldGrin(1)] {
      let summary = TestMeasures.summary(frames)
      let table = try #require(StoredTable(TestMeasures.summaryTable.text(SummaryTable.rows(of: summary))))
      let read = try #require(SummaryTable.findings(in: table) { name, _ in TestMeasures.measure(name) })
      let written = Finding.findings(of: summary)
      #expect(read.map(\.measure) == written.map(\.measure))
      #expect(read.map(\.weaker) == written.map(\.weaker))
      #expect(read.map(\.basis) == written.map(\.basis))
      for (read, written) in zip(read, written) {
        #expect(abs((read.difference?.value ?? .nan) - (written.difference?.value ?? .nan)) < 1e-3)
        #expect(abs((read.difference?.error ?? .nan) - (written.difference?.error ?? .nan)) < 1e-3)
      }
      #expect(!read.isEmpty)
    }
  }

  @Test func aTableWithoutComparisonsHasNoFindings() throws {
    let nothing = try #require(StoredTable(TestMeasures.summaryTable.text(SummaryTable.rows(of: TestMeasures.summary([])))))
    #expect(SummaryTable.findings(in: nothing) { name, _ in TestMeasures.measure(name) } == nil)
    let other = try #require(StoredTable("file,state\n"))
    #expect(SummaryTable.findings(in: other) { name, _ in TestMeasures.measure(name) } == nil)
  }
}
