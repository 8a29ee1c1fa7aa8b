public import OutputFiles

/// A kind of table: its columns, in order.
///
/// ```swift
/// let table = Table<Visit>(columns: [
///   .count("visit", "Number of the visit.", from: 1) { $0.number },
///   .number("smile", "Excursion of the smile.", decimals: 2, unit: "mm") { $0.smile },
/// ])
/// try table.write(visits, to: "visits.csv")
/// ```
public struct Table<Row>: Sendable {
  public let columns: [TableColumn<Row>]

  /// Creates a table with these columns.
  /// - Parameter columns: the columns, whose names must be unique.
  public init(columns: [TableColumn<Row>]) { self.columns = columns }

  /// The names of the columns, in order.
  public var header: [String] { columns.map(\.name) }

  /// Appends the header line.
  func appendHeader(to text: inout [UInt8]) {
    text.append(contentsOf: header.map(CSVField.quoted).joined(separator: ",").utf8)
    text.append(UInt8(ascii: "\n"))
  }

  /// Appends the line of a row.
  func append(_ row: Row, to text: inout [UInt8]) {
    for (position, column) in columns.enumerated() {
      if position > 0 { text.append(UInt8(ascii: ",")) }
      column.append(row, &text)
    }
    text.append(UInt8(ascii: "\n"))
  }

  /// Returns the text of a whole table.
  public func text(_ rows: some Sequence<Row>) -> String {
    var text: [UInt8] = []
    appendHeader(to: &text)
    for row in rows { append(row, to: &text) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Writes a whole table. The file appears under its name only when it is complete.
  /// - Returns: the number of rows below the header.
  /// - Throws: `OutputFilesError`.
  @discardableResult
  public func write(_ rows: some Collection<Row>, to path: String) throws(OutputFilesError) -> Int {
    try PartialFile.write(Array(text(rows).utf8), to: path)
    return rows.count
  }
}
