public import Foundation

/// A table that is read from a file. This is the only place where the project parses comma-separated values.
///
/// Fields are separated by commas and quoted where needed (RFC 4180); missing numbers are `nan`.
public struct StoredTable: Sendable {
  /// The names of the columns, in order.
  public let header: [String]
  /// The fields of each row, in the order of the header; a row whose number of fields differs from that of the header is left out.
  public let rows: [[String]]
  private let positions: [String: Int]

  /// Reads a file.
  /// - Throws: `MeasuresError.unreadable`, `MeasuresError.malformed` if the file is not UTF-8 or has no header.
  public init(contentsOf file: URL) throws(MeasuresError) {
    let data: Data
    do { data = try Data(contentsOf: file) } catch {
      throw MeasuresError(.unreadable, "\(file.path) cannot be read: \(error.localizedDescription)")
    }
    guard let text = String(data: data, encoding: .utf8), let table = StoredTable(text) else {
      throw MeasuresError(.malformed, "\(file.path) is not a table of comma-separated values")
    }
    self = table
  }

  /// Parses a text; nil if it has no header.
  public init?(_ text: String) {
    var lines = Self.records(in: text)
    guard let header = lines.first else { return nil }
    lines.removeFirst()
    self.header = header
    rows = lines.filter { $0.count == header.count }
    positions = Dictionary(zip(header, header.indices)) { first, _ in first }
  }

  /// Whether there is a column of this name.
  public func has(_ column: String) -> Bool { positions[column] != nil }

  /// A field of a row as text; nil if there is no such column.
  public func text(_ column: String, in row: Int) -> String? { positions[column].map { rows[row][$0] } }

  /// A field of a row as a number; nil if there is no such column, or no number in it.
  public func number(_ column: String, in row: Int) -> Double? {
    text(column, in: row).flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil }
  }

  /// Returns a column of numbers, with not-a-number where one is missing; nil if there is no such column.
  public func numbers(_ column: String) -> [Double]? {
    guard has(column) else { return nil }
    return rows.indices.map { number(column, in: $0) ?? .nan }
  }

  private static func records(in text: String) -> [[String]] {
    var records: [[String]] = []
    var fields: [String] = []
    var field = ""
    var isQuoted = false
    // Within quotes, a doubled quote stands for one quote character: the second quote reopens the field that the first one has closed.
    var hasJustClosed = false
    func endRecord() {
      records.append(fields + [field])
      (fields, field) = ([], "")
    }
    for character in text {
      switch character {
      case "\"":
        if hasJustClosed { field.append(character) }
        hasJustClosed = isQuoted
        isQuoted.toggle()
        continue
      case "," where !isQuoted:
        fields.append(field)
        field = ""
      case "\n" where !isQuoted, "\r\n" where !isQuoted: endRecord()
      default: field.append(character)
      }
      hasJustClosed = false
    }
    if !field.isEmpty || !fields.isEmpty { endRecord() }
    return records
  }
}
