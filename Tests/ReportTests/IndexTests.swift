import Foundation
import Measures
import Report
import Testing

@Suite struct IndexTests {
  /// The files are a sample of libFuzzer's corpus (Fuzz/run.sh), and a table with a ratio of 10²⁸, which once was accepted.
  @Test func tablesOfTheFuzzersCorpusNeverTrap() throws {
    let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil)).appending(path: "FuzzTable")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count > 20)
    for file in files {
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      guard let table = StoredTable(text) else { continue }
      for finding in SummaryTable.findings(in: table, measure: { TestMeasure.named($0, $1) }) ?? [] {
        #expect((0...1).contains(finding.ratio), "\(finding.sentence)")
      }
    }
  }

  private let entries = [
    IndexEntry(
      file: "a, \"b\".mp4", state: .done, frames: 300, framesWithFace: 290, seconds: 12.5, report: "a, \"b\"_report.html",
      findings: SyntheticClip.input().findings),
    IndexEntry(file: "sub/c.mov", state: .skipped, reason: "finished before", frames: 100, framesWithFace: 0, seconds: 0),
    IndexEntry(file: "d.mp4", state: .failed, reason: "no video stream"),
  ]

  @Test func theIndexShowsTotals() {
    let page = IndexPage.html(title: "visits", entries: entries, version: "1.0.0")
    for (term, value) in [
      ("Videos", "3"), ("Measured now", "1"), ("Measured before", "1"), ("Failed", "1"), ("Frames", "400"), ("Face found", "73\u{A0}%"),
    ] {
      #expect(page.contains("<dt>\(term)</dt><dd>\(value)</dd>"), "\(term)")
    }
    #expect(page.contains("href=\"./a%2C%20%22b%22_report.html\""))
    #expect(page.contains("<strong class=\"left\">left</strong> 40\u{A0}%"))
  }

  @Test func aVideoWithoutComparisonIsNotCalledEven() throws {
    let entry = IndexEntry(file: "a.mp4", state: .done, frames: 3, framesWithFace: 3, isCompared: false)
    let page = IndexPage.html(title: "visits", entries: [entry], version: "1.0.0")
    #expect(page.contains("not compared"))
    #expect(!page.contains("no clear difference"))
  }

  @Test func theIndexTableQuotesFieldsWithCommasAndQuotes() {
    let lines = IndexTable.csv(entries).split(separator: "\n")
    #expect(lines[0] == Substring(IndexTable.columns.joined(separator: ",")))
    #expect(lines[1] == "\"a, \"\"b\"\".mp4\",done,,300,290,0.9667,12.50,\"a, \"\"b\"\"_report.html\",,AU12 AU06")
    #expect(lines[2] == "sub/c.mov,skipped,finished before,100,0,0.0000,0.00,,,")
    #expect(lines[3] == "d.mp4,failed,no video stream,,,,,,,")
  }

  /// An index is replaced only if it is SplitFace's own. One of an earlier version may have fewer columns.
  @Test func theIndexTableIsRecognisedByItsFirstColumns() {
    #expect(IndexTable.csv(entries).hasPrefix(IndexTable.mark))
    #expect(IndexTable.mark == "file,state,reason,frames,frames_with_face")
  }

  @Test func fileNamesAreReadBackFromTheIndexTable() throws {
    let names = ["a.mp4", "a, \"b\".mp4", "=x.mp4", "'y.mp4", "sub/c.mov", "two\nlines.mp4"]
    let table = IndexTable.csv(names.map { IndexEntry(file: $0, state: .failed, reason: "no, \"really\"") })
    #expect(IndexTable.files(in: try #require(StoredTable(table))) == names)
  }

  @Test(arguments: ["=1+1.mp4", "+a.mp4", "-a.mp4", "@a.mp4"]) func noFileNameBecomesAFormula(_ name: String) {
    let lines = IndexTable.csv([IndexEntry(file: name, state: .failed, reason: "\(name): no video")]).split(separator: "\n")
    #expect(lines[1].hasPrefix("'\(name),failed,'\(name): no video,"))
  }
}

private enum TestMeasure {
  static func named(_ name: String, _ title: String) -> MeasureID {
    MeasureID(name: name, title: title, quantity: "intensity", highest: 5, origin: "a test")
  }
}
