import ActionUnits
import Foundation
import Report
import TestSupport
import Testing

@Suite struct ReportPageTests {
  /// All values of an attribute.
  private func values(_ attribute: String, in page: String) -> [String] {
    page.components(separatedBy: " \(attribute)=\"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }

  /// The document without the contents of its style and scripts, which follow other rules.
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

  /// Times come from files: a page stays a page whatever they are.
  @Test(arguments: [864_000, 1e9, 1e300, .infinity, .nan]) func longTimesMakeNoLargePage(_ last: Double) {
    let usual = ReportPage.html(SyntheticClip.input()).utf8.count
    var input = SyntheticClip.input()
    let end = input.frames[299]
    input.frames[299] = SidedFrame(timestamp: last, right: end.right, left: end.left, exclusion: end.exclusion)
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
    #expect(!page.contains("@import") && !page.contains("url(http") && !page.contains("fetch(") && !page.contains("XMLHttpRequest"))
  }

  @Test func hostileNamesStayText() {
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

  @Test func theWeakerSideStandsInTheFirstSection() throws {
    let page = ReportPage.html(SyntheticClip.input())
    let section = try #require(page.components(separatedBy: "<section").dropFirst().first)
    #expect(section.contains("AU12 Lip corner puller"))
    #expect(section.contains("left side</strong> moves <strong>40\u{A0}%</strong> as far as the right"))
    #expect(section.contains("it does not diagnose"))
    #expect(SyntheticClip.input().findings.first?.sentence == "AU12 Lip corner puller: the left side moves 40\u{A0}% as far as the right")
  }

  @Test func clipsWithoutAnythingToShowStillMakeAPage() {
    for count in [0, 1] { #expect(ReportPage.html(SyntheticClip.input(count)).contains("No frame could be compared"), "\(count) frames") }
    var still = SyntheticClip.input()
    still.frames = still.frames.map { SidedFrame(timestamp: $0.timestamp, right: [.au12: 0.1], left: [.au12: 0.2], exclusion: nil) }
    still.summary = AsymmetrySummary(frames: still.frames)
    #expect(ReportPage.html(still).contains("the face is at rest"))
  }

  @Test func anHourWeighsLittle() throws {
    let hour = ReportPage.html(SyntheticClip.input(90_000))
    #expect(hour.utf8.count < 1_000_000)
    let curves = values("d", in: hour)
    #expect(curves.allSatisfy { $0.filter { $0 == "L" || $0 == "M" }.count <= 1500 })
  }

  @Test func theScriptsDataIsJSON() throws {
    let page = ReportPage.html(SyntheticClip.input(name: SyntheticClip.hostileName))
    let start = try #require(page.range(of: "id=\"data\">"))
    let end = try #require(page.range(of: "</script>", range: start.upperBound..<page.endIndex))
    let data = try #require(JSONSerialization.jsonObject(with: Data(page[start.upperBound..<end.lowerBound].utf8)) as? [String: Any])
    let units = try #require(data["units"] as? [String: [String: [Any]]])
    #expect(units["AU12"]?["r"]?.count == 300)
    #expect(units["AU12"]?["r"]?[25] as? Int == 400 && units["AU12"]?["l"]?[25] as? Int == 160)
    #expect(units["AU12"]?["r"]?[245] is NSNull)
  }

  @Test func embeddedVideosArePartOfThePage() {
    let page = ReportPage.html(SyntheticClip.input(videos: [ReportInput.Video(role: .source, fileName: "a.mp4", embedded: [1, 2, 3])]))
    #expect(page.contains("src=\"data:video/mp4;base64,AQID\""))
  }

  /// Another program's opinion of the document's structure.
  @Test(.enabled(if: ChildProcess.find("xmllint") != nil)) func xmllintFindsNothingToMend() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("report.html")
    try Data(ReportPage.html(SyntheticClip.input(name: SyntheticClip.hostileName)).utf8).write(to: file)
    let result = try ChildProcess.run(try #require(ChildProcess.find("xmllint")), ["--html", "--noout", file.path])
    // libxml2 knows HTML 4 alone: elements that are younger are all that it may complain of.
    let complaints = result.errors.split(separator: "\n").filter { $0.contains("error") && !$0.contains("Tag ") }
    #expect(complaints.isEmpty)
  }
}
