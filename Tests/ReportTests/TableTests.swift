import ActionUnits
import Foundation
import Report
import TestSupport
import Testing

@Suite struct TableTests {
  /// What libFuzzer found worth keeping (Fuzz/run.sh), a sample of it, and what it found wrong: a ratio of 10²⁸ in a table.
  @Test func theFuzzersCorpusNeverTraps() throws {
    let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil)).appending(path: "FuzzTable")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count > 20)
    for file in files {
      let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
      for engine in ["hybrid", "mediapipe"] {
        for finding in Finding.findings(ofSummaryTable: text, engine: engine) ?? [] {
          #expect((0...1).contains(finding.ratio), "\(finding.sentence)")
        }
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

  @Test func theIndexAddsUp() {
    let page = IndexPage.html(title: "visits", entries: entries, version: "1.0.0")
    for (term, value) in [
      ("Videos", "3"), ("Measured now", "1"), ("Measured before", "1"), ("Failed", "1"), ("Frames", "400"), ("Face found", "73\u{A0}%"),
    ] {
      #expect(page.contains("<dt>\(term)</dt><dd>\(value)</dd>"), "\(term)")
    }
    #expect(page.contains("href=\"./a%2C%20%22b%22_report.html\""))
    #expect(page.contains("<strong class=\"left\">left</strong> 40\u{A0}%"))
  }

  @Test func whatWasNotComparedIsNotCalledEven() throws {
    let entry = IndexEntry(file: "a.mp4", state: .done, frames: 3, framesWithFace: 3, isCompared: false)
    let page = IndexPage.html(title: "visits", entries: [entry], version: "1.0.0")
    #expect(page.contains("not compared") && !page.contains("no clear difference"))
  }

  @Test func theFindingsOfATableAreThoseOfItsSummary() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("summary.csv")
    for frames in [
      SyntheticClip.frames(),
      SyntheticClip.frames(100).prefix(1).map { frame in
        SidedFrame(timestamp: 0, right: [.au12: 0.2, .au06: 1], left: [.au12: 4, .au06: 1], exclusion: frame.exclusion)
      },
    ] {
      let summary = AsymmetrySummary(frames: frames)
      try SummaryCSV.write(summary, to: file.path)
      let read = Finding.findings(ofSummaryTable: try String(contentsOf: file, encoding: .utf8), engine: "mediapipe")
      #expect(read?.map(\.sentence) == Finding.findings(of: summary, engine: "mediapipe").map(\.sentence) && read?.isEmpty == false)
    }
    try SummaryCSV.write(AsymmetrySummary(frames: [], units: [.au12]), to: file.path)
    #expect(Finding.findings(ofSummaryTable: try String(contentsOf: file, encoding: .utf8), engine: "mediapipe") == nil)
    #expect(Finding.findings(ofSummaryTable: "file,state\n", engine: "mediapipe") == nil)
  }

  @Test func theIndexTableQuotesWhatItMust() {
    let lines = IndexTable.csv(entries).split(separator: "\n")
    #expect(lines[0] == Substring(IndexTable.columns.joined(separator: ",")))
    #expect(lines[1] == "\"a, \"\"b\"\".mp4\",done,,300,290,0.9667,12.50,\"a, \"\"b\"\"_report.html\",,AU12 AU06")
    #expect(lines[2] == "sub/c.mov,skipped,finished before,100,0,0.0000,0.00,,,")
    #expect(lines[3] == "d.mp4,failed,no video stream,,,,,,,")
  }

  @Test func theIndexTableTellsItsFiles() {
    let names = ["a.mp4", "a, \"b\".mp4", "=x.mp4", "'y.mp4", "sub/c.mov", "two\nlines.mp4"]
    let table = IndexTable.csv(names.map { IndexEntry(file: $0, state: .failed, reason: "no, \"really\"") })
    #expect(IndexTable.files(in: table) == names)
    #expect(IndexTable.files(in: "") == [])
  }

  @Test(arguments: ["=1+1.mp4", "+a.mp4", "-a.mp4", "@a.mp4"]) func noNameIsAFormula(_ name: String) {
    let lines = IndexTable.csv([IndexEntry(file: name, state: .failed, reason: "\(name): no video")]).split(separator: "\n")
    #expect(lines[1].hasPrefix("'\(name),failed,'\(name): no video,"))
  }

  @Test func theDictionaryNamesEveryColumnInOrder() throws {
    let tables: [(ColumnDictionary.Table.Kind, [String])] = [
      (.actionUnits(extras: [.emotion, .gaze]), OpenFaceCSVWriter.columns(extras: [.emotion, .gaze])),
      (.actionUnits(extras: []), OpenFaceCSVWriter.columns()), (.face, FaceCSVWriter.columns),
      (.asymmetry, AsymmetryCSVWriter.columns), (.summary, SummaryCSV.columns),
      (.landmarks(blendshapes: ["_neutral", "jawOpen"]), LandmarksCSVWriter.columns(blendshapes: ["_neutral", "jawOpen"])),
    ]
    let json = try ColumnDictionary.json(
      for: tables.map { ColumnDictionary.Table($0.0, fileName: "my clip.csv", about: "x") }, engine: "hybrid",
      origins: [.au12: "a network"])
    let group = try #require(JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    let described = try #require(group["tables"] as? [[String: Any]])
    #expect(described.count == tables.count)
    for (table, expected) in zip(described, tables.map(\.1)) {
      let columns = try #require((table["tableSchema"] as? [String: Any])?["columns"] as? [[String: Any]])
      #expect(columns.compactMap { $0["name"] as? String } == expected)
      #expect(columns.allSatisfy { ($0["dc:description"] as? String)?.isEmpty == false })
      #expect(table["url"] as? String == "my%20clip.csv")
    }
    let text = String(decoding: json, as: UTF8.self)
    #expect(text.contains("From: a network."))
  }
}
