import Foundation
import Measures
import OutputFiles
import TestSupport
import Testing

@Suite struct TableTests {
  private struct Row: Sendable {
    var number = 1
    var value: Double? = 0.5
    var name = "a"
  }

  private let table = Table<Row>(
    columns: [
      .count("number", "A number.", from: 1) { $0.number }, .number("value", "A value.", decimals: 3, (0, 1), unit: "mm") { $0.value },
      .flag("isLarge", "Whether it is large.") { $0.value ?? 0 > 1 }, .text("name", "A name.") { $0.name },
    ])

  @Test func rowsAreReadBack() throws {
    let folder = try TemporaryDirectory()
    let writer = try TableWriter(table, path: folder.file("a.csv").path)
    let names = ["plain", "with, comma", "with \"quotes\"", "two\nlines", ""]
    for (index, name) in names.enumerated() { try writer.write(Row(number: index + 1, value: index == 2 ? nil : 1.0005, name: name)) }
    #expect(folder.contents.allSatisfy { $0.contains(".partial-") })
    #expect(try writer.finish() == 5)
    #expect(folder.contents == ["a.csv"])
    let read = try StoredTable(contentsOf: folder.file("a.csv"))
    #expect(read.header == table.header)
    #expect(read.rows.indices.map { read.text("name", in: $0) } == names)
    #expect(read.number("number", in: 4) == 5)
    #expect(read.number("value", in: 0) == 1.001)
    #expect(read.number("value", in: 2) == nil)
    #expect(read.text("value", in: 2) == "nan")
    #expect(read.numbers("value")?.count == 5)
    #expect(read.numbers("absent") == nil)
  }

  @Test func aWholeTableHasTheSameTextAsOneWrittenRowByRow() throws {
    let folder = try TemporaryDirectory()
    let rows = (0..<3000).map { Row(number: $0, value: Double($0) / 7) }
    let writer = try TableWriter(table, path: folder.file("rows.csv").path)
    for row in rows { try writer.write(row) }
    try writer.finish()
    #expect(try table.write(rows, to: folder.file("whole.csv").path) == 3000)
    #expect(try String(contentsOf: folder.file("rows.csv"), encoding: .utf8) == table.text(rows))
    #expect(try Data(contentsOf: folder.file("rows.csv")) == Data(contentsOf: folder.file("whole.csv")))
  }

  @Test func nothingIsLeftOfATableThatIsNotFinished() throws {
    let folder = try TemporaryDirectory()
    try "before".write(to: folder.file("a.csv"), atomically: true, encoding: .utf8)
    let cancelled = try TableWriter(table, path: folder.file("a.csv").path)
    for _ in 0..<20_000 { try cancelled.write(Row()) }
    cancelled.cancel()
    let error = #expect(throws: MeasuresError.self) { try cancelled.finish() }
    #expect(error?.code == .finished)
    do { _ = try TableWriter(table, path: folder.file("b.csv").path) }
    #expect(folder.contents == ["a.csv"])
    #expect(try String(contentsOf: folder.file("a.csv"), encoding: .utf8) == "before")
  }

  @Test func anUnwritableFolderIsNamed() {
    let error = #expect(throws: OutputFilesError.self) { try TableWriter(table, path: "/nowhere/at/all.csv") }
    #expect(error?.message.contains("/nowhere/at/all.csv") == true)
    #expect(error?.message.contains("No such file") == true)
  }

  @Test(arguments: [0.0, 1.5, -1.5, 0.0004, -0.0004, 0.0005, 123456.789, -0.9996, 1e-12, 99.9995, 1e12, 0.1 + 0.2])
  func decimalsAreRoundedToTheNearest(_ value: Double) throws {
    let written = DecimalText.text(value, decimals: 3)
    // A value halfway between two texts may go either way; a negative one that rounds to zero has no sign.
    #expect(abs(try #require(Double(written)) - value) <= 0.000_500_001)
    #expect(written.split(separator: ".").last?.count == 3)
    #expect(written != "-0.000")
  }

  @Test func theDictionaryDescribesEveryColumnInOrder() throws {
    let entry = ColumnDictionary.Entry(fileName: "my clip.csv", about: "Values.", columns: table.columns.map(\.description))
    let json = try ColumnDictionary.json(for: [entry], caveat: "Made up.")
    let group = try #require(JSONSerialization.jsonObject(with: Data(json)) as? [String: Any])
    #expect(group["dc:description"] as? String == "Made up.")
    let described = try #require((group["tables"] as? [[String: Any]])?.first)
    #expect(described["url"] as? String == "my%20clip.csv")
    let columns = try #require((described["tableSchema"] as? [String: Any])?["columns"] as? [[String: Any]])
    #expect(columns.compactMap { $0["name"] as? String } == table.header)
    #expect(columns.allSatisfy { ($0["dc:description"] as? String)?.isEmpty == false })
    let read = try ColumnDictionary.columns(in: Data(json), named: "columns.json")
    #expect(read == table.columns.map(\.description))
    #expect(read[1].maximum == 1)
  }

  @Test func theAsymmetryTableShowsBothSidesOfEveryFrame() throws {
    let settings = ComparisonSettings()
    let frames = [
      TestMeasures.frame(0.04, right: ["AU12": 4], left: ["AU12": 2]),
      TestMeasures.frame(0.08, right: ["AU12": 4], left: ["AU12": 2], exclusion: .headTurned),
    ]
    let text = AsymmetryTable.table(TestMeasures.all, settings: settings).text(frames.enumerated().map { ($0 + 1, $1) })
    let table = try #require(StoredTable(text))
    #expect(table.header.prefix(3) == ["frame", "timestamp", "used"])
    #expect(table.text("AU12_right", in: 0) == "4.0000")
    #expect(table.text("AU12_difference", in: 0) == "2.0000")
    #expect(table.text("AU12_index", in: 0) == "0.3333")
    #expect(table.text("AU04_right", in: 0) == "nan")
    #expect(table.numbers("used") == [1, 0])
    #expect(table.numbers("frame") == [1, 2])
  }

  @Test(arguments: ["", "\n", "\"", "a,b\n1\n", "a\r\n1\r\n", "\"a\n\"\"", "a,a\n1,2\n"]) func anyTextIsReadWithoutATrap(_ text: String) {
    let table = StoredTable(text)
    #expect(table?.rows.allSatisfy { $0.count == table?.header.count } ?? true)
  }
}
