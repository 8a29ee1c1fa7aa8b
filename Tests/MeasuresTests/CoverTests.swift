import Measures
import Testing

/// Measures of which some belong to the eyes and some to the mouth, in clips in which a part of the face is covered.
@Suite struct CoverTests {
  private let measures = [("AU01", FaceArea.eyes), ("AU12", .mouth)].map { name, area in
    MeasureID(
      name: name, title: name, quantity: "intensity", highest: 5, origin: "a test", limits: TestMeasures.limits, areas: [area])
  }

  /// Three movements. While the left half of the mouth is covered, its values are 0.
  private func summary(_ count: Int = 90, covered: Range<Int>, cover: FaceCover = .leftMouth) -> SegmentSummary {
    let frames = (0..<count).map { index in
      let value: Float = index % 30 < 15 ? 0 : 4
      let hidden = covered.contains(index)
      return SidedFrame(
        timestamp: Double(index) / 30, right: [value, value], left: [value, hidden ? 0 : value], exclusion: nil,
        cover: hidden ? cover : [])
    }
    return SegmentSummary(MeasureSeries(measures, frames))
  }

  @Test func valuesOfACoveredAreaDoNotCount() throws {
    let summary = summary(covered: 40..<90)
    let mouth = try #require(summary.row("AU12"))
    #expect(mouth.framesCovered == 50)
    #expect(mouth.left.range == mouth.right.range)
    #expect(mouth.reason == .withinError)
    #expect(mouth.left.peakFrame <= 40)
  }

  @Test func otherAreasCountEvenSo() throws {
    let eyes = try #require(summary(covered: 10..<90).row("AU01"))
    #expect(eyes.framesCovered == 0)
    #expect(eyes.framesBesideCover == 80)
    #expect(eyes.right.range == 4)
  }

  @Test func aMeasureThatIsCoveredForMostOfTheTimeIsNotJudged() throws {
    #expect(try #require(summary(covered: 20..<90).row("AU12")).reason == .covered)
    #expect(try #require(summary(15, covered: 8..<15).row("AU12")).reason == .covered)
  }

  @Test func aMeasureThatIsAlwaysCoveredHasARowWithoutNumbers() throws {
    let summary = summary(covered: 0..<90, cover: [.rightMouth, .leftMouth])
    #expect(summary.row("AU12") == nil)
    let row = try #require(summary.allRows.first { $0.measure.name == "AU12" })
    #expect(row.reason == .covered)
    #expect(row.framesCovered == 90)
    #expect(row.right.peak.isNaN)
  }

  @Test func framesWithACoverAreNotNeutralIfThereAreOthers() {
    #expect(summary(covered: 0..<10).neutralFrames.allSatisfy { $0 > 10 })
  }

  @Test func theTablesSayWhatIsCovered() throws {
    let frame = SidedFrame(timestamp: 0, right: [1, 1], left: [1, 1], exclusion: nil, cover: [.leftMouth])
    let text = AsymmetryTable.table(measures, settings: ComparisonSettings()).text([(number: 1, frame: frame)])
    let table = try #require(StoredTable(text))
    #expect(table.header.suffix(4) == ["eyes_right_covered", "eyes_left_covered", "mouth_right_covered", "mouth_left_covered"])
    #expect(table.rows[0].suffix(4) == ["0", "0", "0", "1"])
  }

  /// Returns the numbers of the frames, at 30 a second, that are covered according to their own signs.
  private func covered(_ signs: [FaceCover?]) -> [Int] {
    var filter = CoverFilter<Int>()
    var decided: [(payload: Int, cover: FaceCover)] = []
    for (index, sign) in signs.enumerated() { decided += filter.push(sign, timestamp: Double(index) / 30, payload: index) }
    decided += filter.finish()
    #expect(decided.map(\.payload) == Array(signs.indices))
    return decided.filter { !$0.cover.isEmpty }.map(\.payload)
  }

  @Test func signsInSingleFramesAreNoCover() {
    #expect(covered((0..<90).map { $0 % 12 == 0 ? .rightEye : [] }).isEmpty)
  }

  @Test func signsThatLastAreACoverUpToAMomentBeforeAndAfter() throws {
    let found = covered((0..<90).map { (30..<60).contains($0) ? .leftMouth : [] })
    let (first, last) = (try #require(found.first), try #require(found.last))
    #expect((18...28).contains(first))
    #expect((61...71).contains(last))
    #expect(found == Array(first...last))
  }

  @Test func signsOfAStillImageDecideAlone() { #expect(covered([.rightMouth]) == [0]) }

  @Test func framesWithoutAFaceSayNothing() {
    #expect(covered((0..<30).map { $0 % 3 == 0 ? .leftEye : nil }).count == 30)
  }
}
