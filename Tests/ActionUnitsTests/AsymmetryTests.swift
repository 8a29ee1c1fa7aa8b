import ActionUnits
import Foundation
import TestSupport
import Testing

@Suite struct AsymmetryTests {
  /// A clip of 100 frames: neutral, then the right side smiles twice as strongly as the left, peaking at frame 71.
  private func smile() -> [SidedFrame] {
    (0..<100).map { index in
      let strength = index < 40 ? 0 : Float(2 - abs(Double(index) - 70) / 30 * 2)
      return SidedFrame(
        timestamp: Double(index) / 25, right: [.au12: 2 * strength, .au01: 0.1], left: [.au12: strength, .au01: 0.1], exclusion: nil)
    }
  }

  @Test func theWeakerSideIsTheOneThatMovesLess() throws {
    let summary = AsymmetrySummary(frames: smile())
    let row = try #require(summary.rows.first { $0.unit == .au12 })
    #expect(row.weaker == .left)
    #expect(row.right.peak == 4 && row.right.peakFrame == 71 && row.right.peakTime == 2.8)
    #expect(row.left.peak == 2)
    #expect(row.right.neutral == 0)
    #expect(abs((row.rangeRatio ?? .nan) - 0.5) < 1e-6)
    #expect(summary.neutralFrames.allSatisfy { $0 <= 41 })
  }

  @Test func aSingleBlinkThatPeaksEvenlyNamesNoWeakerSide() throws {
    // Six frames of a hundred on the right, four on the left: the 95th percentile catches one side alone.
    let frames = (0..<100).map { index in
      SidedFrame(
        timestamp: Double(index) / 25, right: [.au45: (50..<56).contains(index) ? 5 : 0],
        left: [.au45: (51..<55).contains(index) ? 4.8 : 0],
        exclusion: nil)
    }
    let row = try #require(AsymmetrySummary(frames: frames).rows.first { $0.unit == .au45 })
    #expect(row.right.range == 5 && row.left.range == 0)
    #expect(row.weaker == .neither)
  }

  @Test func aUnitThatDoesNotMoveHasNoWeakerSide() throws {
    let row = try #require(AsymmetrySummary(frames: smile()).rows.first { $0.unit == .au01 })
    #expect(row.weaker == .neither && row.rangeRatio == nil)
  }

  /// A grin that is held on the right from the first frame to the last, with a little trembling.
  private func heldGrin(_ count: Int = 50) -> [SidedFrame] {
    (0..<count).map { index in
      SidedFrame(
        timestamp: Double(index) / 25, right: [.au12: 4 + Float(index % 3) * 0.1, .au25: 1.2],
        left: [.au12: 0.2 + Float(index % 2) * 0.1, .au25: 1.15], exclusion: nil)
    }
  }

  @Test(arguments: [1, 50]) func aHeldGrinNamesTheSideThatStaysLower(_ frames: Int) throws {
    let summary = AsymmetrySummary(frames: heldGrin(frames))
    let row = try #require(summary.rows.first { $0.unit == .au12 })
    #expect(row.weaker == .left && row.basis == .level && row.rangeRatio == nil)
    #expect(abs((row.levelRatio ?? .nan) - 0.06) < 0.02)
    let lips = try #require(summary.rows.first { $0.unit == .au25 })
    #expect(lips.weaker == .neither && lips.basis == .none)
  }

  @Test func aMovementIsNotJudgedByItsLevel() throws {
    let row = try #require(AsymmetrySummary(frames: smile()).rows.first { $0.unit == .au12 })
    #expect(row.basis == .movement)
  }

  /// A raised brow that sinks: the clip's least active frames are not its lowest, so there is no range, but it moves.
  @Test func whatMovesBelowNeutralIsNotJudgedByItsLevel() throws {
    let frames = (0..<50).map { index in
      let smile: Float = index < 6 ? 0 : 4
      let brow: Float = index < 10 ? 1.5 : 0
      return SidedFrame(timestamp: Double(index) / 25, right: [.au12: smile, .au01: 0], left: [.au12: smile, .au01: brow], exclusion: nil)
    }
    let row = try #require(AsymmetrySummary(frames: frames).rows.first { $0.unit == .au01 })
    #expect(row.left.range == 0 && row.left.spread == 1.5 && row.weaker == .neither)
  }

  @Test func whatCouldNotBeComparedHasItsRows() throws {
    let frames = (0..<3).map { SidedFrame(timestamp: Double($0), right: [:], left: [:], exclusion: .noFace) }
    let summary = AsymmetrySummary(frames: frames, units: [.au12, .au04])
    #expect(summary.rows.isEmpty && summary.uncompared == [.au04, .au12])
    let folder = try TemporaryDirectory()
    #expect(try SummaryCSV.write(summary, to: folder.file("s.csv").path) == 2)
    let lines = try String(contentsOf: folder.file("s.csv"), encoding: .utf8).split(separator: "\n").map { $0.split(separator: ",") }
    #expect(lines.allSatisfy { $0.count == SummaryCSV.columns.count })
    let row = Dictionary(uniqueKeysWithValues: zip(SummaryCSV.columns, lines[1]))
    #expect(row["au"] == "AU04" && row["right_peak"] == "nan" && row["left_peak_frame"] == "0" && row["right_range"] == "nan")
    #expect(row["weaker_side"] == "neither" && row["frames_used"] == "0" && row["excluded_no_face"] == "3" && row["weaker_by"] == "none")
  }

  @Test func excludedFramesChangeNothingAndAreCounted() throws {
    var frames = smile()
    frames.append(SidedFrame(timestamp: 4, right: [.au12: 5], left: [.au12: 0], exclusion: .headTurned))
    frames.append(SidedFrame(timestamp: 4.04, right: [:], left: [:], exclusion: .noFace))
    let summary = AsymmetrySummary(frames: frames)
    #expect(summary.rows == AsymmetrySummary(frames: smile()).rows)
    #expect(summary.framesUsed == 100 && summary.framesExcluded == [.headTurned: 1, .noFace: 1])
  }

  @Test func mirroringTheFaceExchangesTheSides() {
    let exchanged = smile().map { SidedFrame(timestamp: $0.timestamp, right: $0.left, left: $0.right, exclusion: nil) }
    let row = AsymmetrySummary(frames: exchanged).rows.first { $0.unit == .au12 }
    #expect(row?.weaker == .right && row?.left.peak == 4)
  }

  @Test func theIndexIsBoundedSignedAndSilentBelowTheFloor() {
    let settings = AsymmetrySettings()
    #expect(settings.index(right: 3, left: 1) == 0.5)
    #expect(settings.index(right: 1, left: 3) == -0.5)
    #expect(settings.index(right: 3, left: 0) == 1)
    #expect(settings.index(right: settings.indexFloor / 2, left: 0).isNaN)
    #expect(settings.index(right: .nan, left: 1).isNaN)
  }

  @Test func tablesHaveARowForEachFrameAndUnit() throws {
    let folder = try TemporaryDirectory()
    let frames = smile()
    let path = folder.url.appending(path: "asymmetry.csv").path
    let writer = try AsymmetryCSVWriter(path: path, settings: AsymmetrySettings())
    for frame in frames { try writer.write(frame) }
    #expect(try writer.finish() == 100)
    let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 101)
    let header = lines[0].split(separator: ",").map(String.init)
    #expect(header == AsymmetryCSVWriter.columns)
    let peak = Dictionary(uniqueKeysWithValues: zip(header, lines[71].split(separator: ",").map(String.init)))
    #expect(peak["AU12_right"] == "4.0000" && peak["AU12_difference"] == "2.0000" && peak["AU12_index"] == "0.3333")
    #expect(peak["AU05_right"] == "nan")

    let summaryPath = folder.url.appending(path: "summary.csv").path
    #expect(try SummaryCSV.write(AsymmetrySummary(frames: frames), to: summaryPath) == 2)
    let summary = try String(contentsOfFile: summaryPath, encoding: .utf8).split(separator: "\n")
    #expect(summary[2].hasPrefix("AU12,Lip corner puller,4.0000,71,2.800000,") && summary[2].contains(",left,100,0,0,0"))
  }
}
