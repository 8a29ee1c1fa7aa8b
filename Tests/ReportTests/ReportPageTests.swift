import ActionUnits
import Foundation
import Measures
import Report
import TestSupport
import Testing

@Suite struct ReportPageTests {
  /// Returns all values of an attribute.
  private func values(_ attribute: String, in page: String) -> [String] {
    page.components(separatedBy: " \(attribute)=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }

  /// Returns the document without its style sheet and scripts, which have another syntax.
  private func markup(_ page: String) -> String {
    var text = page
    for name in ["style", "script"] {
      while let start = text.range(of: "<\(name)"), let end = text.range(of: "</\(name)>", range: start.upperBound..<text.endIndex) {
        text.removeSubrange(start.lowerBound..<end.upperBound)
      }
    }
    return text
  }

  @Test func identifiersAreUniqueAndReferencesLeadToThem() {
    let page = ReportPage.html(SyntheticClip.input())
    let identifiers = values("id", in: page)
    #expect(Set(identifiers).count == identifiers.count)
    for reference in values("aria-labelledby", in: page) { #expect(identifiers.contains(reference)) }
    for reference in values("href", in: page) where reference.hasPrefix("#") {
      #expect(identifiers.contains(String(reference.dropFirst())))
    }
  }

  @Test func styleDefinesExactlyTheCustomPropertiesThatItUses() throws {
    let page = ReportPage.html(SyntheticClip.input())
    let style = try #require(page.firstMatch(of: /(?s)<style>(.*?)<\/style>/)).output.1
    let defined = Set(style.matches(of: /--([a-z-]+):/).map(\.output.1))
    let used = Set(style.matches(of: /var\(--([a-z-]+)\)/).map(\.output.1))
    #expect(!used.isEmpty)
    #expect(used.isSubset(of: defined))
    #expect(defined.isSubset(of: used))
  }

  @Test(arguments: [SyntheticClip.hostileName, "plain.mp4"]) func elementsAreBalanced(_ name: String) {
    let void: Set<String> = ["meta", "img", "input", "br", "!DOCTYPE", "rect", "path", "use"]
    var open: [String] = []
    for piece in markup(ReportPage.html(SyntheticClip.input(name: name))).components(separatedBy: "<").dropFirst() {
      let tag = String(piece.prefix { $0 != ">" })
      let word = String(tag.prefix { $0 != " " && $0 != "/" })
      if tag.hasPrefix("/") {
        #expect(open.popLast() == String(tag.dropFirst()))
      } else if !tag.hasSuffix("/"), !void.contains(word) {
        open.append(word)
      }
    }
    #expect(open.isEmpty)
  }

  /// Times come from files, so they may have any value.
  @Test(arguments: [864_000, 1e9, 1e300, .infinity, .nan]) func anyLastTimeGivesAPageOfOrdinarySize(_ last: Double) {
    let usual = ReportPage.html(SyntheticClip.input()).utf8.count
    var input = SyntheticClip.input()
    input.series = MeasureSeries(
      SyntheticClip.frames().enumerated().map { index, frame in
        SidedFrame(timestamp: index == 299 ? last : frame.timestamp, right: frame.right, left: frame.left, exclusion: frame.exclusion)
      })
    #expect(ReportPage.html(input).utf8.count < usual + 20_000)
  }

  @Test func nothingRefersToTheNetwork() {
    let page = ReportPage.html(SyntheticClip.input(name: "http://example.org/x.mp4"))
    for attribute in ["src", "href"] {
      for value in values(attribute, in: page) {
        #expect(value.hasPrefix("./") || value.hasPrefix("#") || value.hasPrefix("data:"), "\(attribute)=\(value)")
      }
    }
    #expect(page.contains("default-src 'none'"))
    #expect(!page.contains("@import"))
    #expect(!page.contains("url(http"))
    #expect(!page.contains("fetch("))
    #expect(!page.contains("XMLHttpRequest"))
  }

  @Test func hostileFileNamesAreEscaped() {
    for page in [
      ReportPage.html(SyntheticClip.input(name: SyntheticClip.hostileName)),
      IndexPage.html(
        title: SyntheticClip.hostileName,
        entries: [
          IndexEntry(file: SyntheticClip.hostileName, state: .failed, reason: SyntheticClip.hostileName, report: SyntheticClip.hostileName)
        ],
        version: "1"),
    ] {
      #expect(!page.contains("<img src=x"))
      #expect(!page.contains("</script>.mp4"))
      #expect(!page.contains("\u{202E}"))
      #expect(page.contains("&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;\u{FFFD}gpj"))
    }
  }

  @Test func theFirstSectionNamesTheWeakerSide() throws {
    let page = ReportPage.html(SyntheticClip.input())
    let section = try #require(page.components(separatedBy: "<section").dropFirst().first)
    #expect(section.contains("AU12 Lip corner puller"))
    #expect(section.contains("left side</strong> moves <strong>40\u{A0}%</strong> as far as the right"))
    #expect(section.contains("it does not diagnose"))
    #expect(SyntheticClip.input().findings.first?.sentence == "AU12 Lip corner puller: the left side moves 40\u{A0}% as far as the right")
  }

  @Test func theFirstSectionSaysWhatWasSeenWhatDiffersAndWhatCouldNotBeTold() throws {
    let section = try #require(ReportPage.html(SyntheticClip.input()).components(separatedBy: "<section").dropFirst().first)
    let seen = try #require(section.range(of: "movements were seen in this clip"))
    let differs = try #require(section.range(of: "left side</strong> moves"))
    let even = try #require(section.range(of: "About even: AU25 ("))
    let untold = try #require(section.range(of: "What could not be determined"))
    #expect(seen.lowerBound < differs.lowerBound)
    #expect(differs.lowerBound < even.lowerBound)
    #expect(even.lowerBound < untold.lowerBound)
    #expect(section.contains("(difference 2.4\u{A0}±\u{A0}"))
    #expect(section[untold.lowerBound...].contains("with the head turned by more than 20°"))
    #expect(section[untold.lowerBound...].contains("Moved too little (less than 0.25): AU01"))
  }

  @Test func aClipWithoutAFindingSaysSoInASentence() throws {
    var input = SyntheticClip.input()
    input.replaceFrames { index, time in
      SidedFrame(timestamp: time, right: [.au12: index % 50 < 20 ? 3 : 0], left: [.au12: index % 50 < 20 ? 2.8 : 0], exclusion: nil)
    }
    let section = try #require(ReportPage.html(input).components(separatedBy: "<section").dropFirst().first)
    #expect(input.findings.isEmpty)
    #expect(section.contains(">No clear difference between the sides</h2>"))
    #expect(section.contains("One movement was seen in this clip, AU12 Lip corner puller."))
    #expect(section.contains("In no Action Unit is one side clearly weaker"))
    #expect(section.contains("About even: AU12 (0.2\u{A0}±\u{A0}"))
  }

  @Test func aDifferenceBeyondItsErrorIsNeverCalledEven() {
    for row in SyntheticClip.input().summary.rows where row.reason == .withinError {
      #expect(abs(row.difference) <= row.differenceError)
    }
    var input = SyntheticClip.input()
    input.replaceFrames { index, time in
      SidedFrame(timestamp: time, right: [.au12: index % 50 < 20 ? 3 : 0], left: [.au12: index == 10 ? 3 : 0], exclusion: nil)
    }
    let page = ReportPage.html(input)
    #expect(page.contains("The sides may differ, but not clearly enough to name the weaker one: AU12 ("))
    #expect(!page.contains("About even: AU12"))
  }

  @Test func limitsThatWereNotLearntAreStated() {
    var input = SyntheticClip.input()
    #expect(!ReportPage.html(input).contains("was not measured with this engine"))
    let measures = MeasureSeries.units.map { unit in
      var unit = unit
      unit.limits = nil
      return unit
    }
    input.series = MeasureSeries(measures, SyntheticClip.frames())
    input.summary = SegmentSummary(input.series)
    #expect(ReportPage.html(input).contains("How far healthy faces differ was not measured with this engine"))
  }

  @Test func clipsWithoutAnythingToShowStillMakeAPage() {
    for count in [0, 1] {
      let page = ReportPage.html(SyntheticClip.input(count))
      #expect(page.contains("No frame could be compared"), "\(count) frames")
      #expect(page.contains(">Nothing could be compared</h2>"), "\(count) frames")
      #expect(!page.contains("No clear difference"))
    }
    var still = SyntheticClip.input()
    still.replaceFrames { SidedFrame(timestamp: $1, right: [.au12: 0.1], left: [.au12: 0.2], exclusion: nil) }
    #expect(ReportPage.html(still).contains("the face is at rest"))
  }

  @Test func aHeldGrinIsNotCalledAFaceAtRest() throws {
    var held = SyntheticClip.input(videos: [])
    func hold(right: Float, left: Float) throws -> String {
      held.replaceFrames { SidedFrame(timestamp: $1, right: [.au12: right], left: [.au12: left], exclusion: nil) }
      let section = try #require(ReportPage.html(held).components(separatedBy: "<section").dropFirst().first)
      #expect(!section.contains("at rest"))
      return section
    }
    let grin = try hold(right: 4, left: 0.2)
    #expect(grin.contains("left side</strong> stays at <strong>5\u{A0}%</strong> of the right side’s level"))
    #expect(grin.contains("aria-label=\"Level right 4.00, left 0.20\""))
    #expect(ReportPage.html(held).contains("<strong class=\"left\">left</strong><br><small>by level</small>"))
    let even = try hold(right: 4, left: 3.9)
    #expect(even.contains("these are held: AU12"))
    #expect(even.contains("The levels at which the Action Units stay do not differ clearly"))
  }

  @Test func theReportOfAnHourIsSmall() throws {
    let hour = ReportPage.html(SyntheticClip.input(90_000))
    #expect(hour.utf8.count < 1_000_000)
    let curves = values("d", in: hour)
    #expect(curves.allSatisfy { $0.filter { $0 == "L" || $0 == "M" }.count <= 1500 })
  }

  private func data(of page: String) throws -> [String: Any] {
    let start = try #require(page.range(of: "id=\"data\">"))
    let end = try #require(page.range(of: "</script>", range: start.upperBound..<page.endIndex))
    return try #require(JSONSerialization.jsonObject(with: Data(page[start.upperBound..<end.lowerBound].utf8)) as? [String: Any])
  }

  @Test(arguments: [1501, 10_000]) func shortClipsHaveTheNumbersOfEachFrame(_ count: Int) throws {
    let input = SyntheticClip.input(count)
    let page = ReportPage.html(input)
    let units = try #require(try data(of: page)["units"] as? [String: [String: [Any]]])
    let right = try #require(units["AU12"]?["r"])
    #expect(right.count == count)
    #expect(!page.contains("This clip is long"))
    let position = try #require(ActionUnit.allCases.firstIndex(of: .au12))
    for (index, value) in input.series.values(.right, position).enumerated() {
      #expect(right[index] as? Int == (value.isNaN ? nil : Int((value * 100).rounded())))
    }
    #expect(page.utf8.count < 1_500_000)
  }

  @Test func longClipsSayThatNumbersSummariseSeveralFrames() throws {
    let page = ReportPage.html(SyntheticClip.input(10_001))
    #expect(page.contains("the largest value in about 6 frames"))
    #expect(try data(of: page)["buckets"] as? Int == 1500)
  }

  @Test func theDataForTheScriptIsJSON() throws {
    let page = ReportPage.html(SyntheticClip.input(name: SyntheticClip.hostileName))
    let data = try data(of: page)
    let units = try #require(data["units"] as? [String: [String: [Any]]])
    #expect(units["AU12"]?["r"]?.count == 300)
    #expect(units["AU12"]?["r"]?[25] as? Int == 400)
    #expect(units["AU12"]?["l"]?[25] as? Int == 160)
    #expect(units["AU12"]?["r"]?[245] is NSNull)
  }

  @Test(arguments: [0, 1, 3, 3 << 18, (3 << 18) + 2, 2_000_000]) func embeddingAVideoChangesOnlyItsSource(_ size: Int) throws {
    let folder = try TemporaryDirectory()
    let bytes = Data((0..<size).map { UInt8(truncatingIfNeeded: $0 &* 167 >> 3) })
    try bytes.write(to: folder.file("a.mp4"))
    var input = SyntheticClip.input(name: "\u{1}0\u{1}.mp4")
    input.videos[1].embeddedFile = folder.file("a.mp4")
    try ReportPage.write(input, to: folder.file("r.html"))
    let page = try String(contentsOf: folder.file("r.html"), encoding: .utf8)
    // Except for this one source, it is the same page as the one that links the videos.
    let parts = page.components(separatedBy: "src=\"data:video/mp4;base64,\(bytes.base64EncodedString())\"")
    let linked = ReportPage.html(input)
    let first = try #require(parts.first)
    let last = try #require(parts.last)
    #expect(parts.count == 2)
    #expect(linked.hasPrefix(first))
    #expect(linked.hasSuffix(last))
    let source = linked.dropFirst(first.count).dropLast(last.count)
    #expect(source.hasPrefix("src=\"./"))
    #expect(source.count { $0 == "\"" } == 2)
    input.videos[1].embeddedFile = folder.file("absent.mp4")
    #expect(throws: (any Error).self) { try ReportPage.write(input, to: folder.file("r.html")) }
  }

  @Test func theVideoWithTheOverlayHasACaption() {
    #expect(ReportPage.html(SyntheticClip.input()).contains("<figcaption>Source with overlay</figcaption>"))
  }

  @Test(.enabled(if: ChildProcess.find("xmllint") != nil)) func xmllintReportsNoErrors() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("report.html")
    try Data(ReportPage.html(SyntheticClip.input(name: SyntheticClip.hostileName)).utf8).write(to: file)
    let result = try ChildProcess.run(try #require(ChildProcess.find("xmllint")), ["--html", "--noout", file.path])
    // libxml2 knows only HTML 4, so it also reports the elements that were added later.
    let complaints = result.errors.split(separator: "\n").filter { $0.contains("error : ") && !$0.contains("Tag ") }
    #expect(complaints.isEmpty)
  }

  /// The clip of the other tests with measures that belong to the mouth, which is covered in the given frames.
  private func covered(_ frames: Range<Int>, _ cover: FaceCover) -> ReportInput {
    var input = SyntheticClip.input()
    let measures = MeasureSeries.units.map { measure in
      var measure = measure
      measure.areas = ["AU12", "AU25"].contains(measure.name) ? [.mouth] : [.eyes]
      return measure
    }
    input.series = MeasureSeries(
      measures,
      SyntheticClip.frames().enumerated().map { index, frame in
        var frame = frame
        if frames.contains(index) { frame.cover = cover }
        return frame
      })
    input.summary = SegmentSummary(input.series)
    return input
  }

  @Test func thePageSaysWhatWasCoveredAndWhen() {
    let page = ReportPage.html(covered(25..<50, .leftMouth))
    #expect(
      page.contains(
        "The left half of the mouth was covered in <strong>25 of 270</strong> frames, at 0:01.00 to 0:01.96 (counting a moment before and after), so AU12, AU25 were not compared there."
      ))
    #expect(!page.contains("Covered for most of the time"))
  }

  @Test func thePageNamesWhatWasCoveredForTooLong() {
    let page = ReportPage.html(covered(0..<300, [.leftMouth, .rightMouth]))
    #expect(page.contains("The mouth was covered in <strong>270 of 270</strong> frames, so AU12 was not compared there."))
    #expect(page.contains("Covered for most of the time: AU12."))
  }

  @Test func thePageSaysThatSomeEnginesNoticeLess() {
    var input = SyntheticClip.input()
    input.comparesMeshes = false
    #expect(ReportPage.html(input).contains("With this engine, only dark glasses and things of a uniform colour"))
  }
}
