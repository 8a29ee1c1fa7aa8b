/// A column of a table: its name, its meaning, and how the field of a row is written.
///
/// The header of a table, its rows, and its machine-readable description are all made from its columns.
public struct TableColumn<Row>: Sendable {
  public let description: ColumnDescription
  /// Appends the field of a row, without a separator.
  let append: @Sendable (Row, inout [UInt8]) -> Void

  init(_ description: ColumnDescription, append: @escaping @Sendable (Row, inout [UInt8]) -> Void) {
    self.description = description
    self.append = append
  }

  public var name: String { description.name }

  /// A column of numbers with a fixed number of decimals; a missing number is written as `nan`.
  /// - Parameters:
  ///   - decimals: digits after the decimal point, 0…9.
  ///   - range: the least and the largest possible value; nil if there is no limit.
  ///   - unit: a symbol such as `px`, or words; nil for a number without a unit.
  ///   - isRequired: whether the number is never missing.
  public static func number(
    _ name: String, _ meaning: String, decimals: Int, _ range: (minimum: Double?, maximum: Double?) = (nil, nil), unit: String? = nil,
    isRequired: Bool = false, _ value: @escaping @Sendable (Row) -> Double?
  ) -> TableColumn {
    TableColumn(
      ColumnDescription(
        name: name, meaning: meaning, datatype: .init(base: "double", minimum: range.minimum, maximum: range.maximum), unit: unit,
        required: isRequired)
    ) { row, text in
      DecimalText.append(value(row) ?? .nan, decimals: decimals, to: &text)
    }
  }

  /// A column of whole numbers; a missing number is written as `nan`.
  public static func count(
    _ name: String, _ meaning: String, from minimum: Double = 0, to maximum: Double? = nil, isRequired: Bool = true,
    _ value: @escaping @Sendable (Row) -> Int?
  ) -> TableColumn {
    TableColumn(
      ColumnDescription(
        name: name, meaning: meaning, datatype: .init(base: "integer", minimum: minimum, maximum: maximum), unit: nil, required: isRequired)
    ) { row, text in
      if let value = value(row) { DecimalText.append(value, to: &text) } else { text.append(contentsOf: DecimalText.missing) }
    }
  }

  /// A column of 0 and 1.
  public static func flag(_ name: String, _ meaning: String, _ value: @escaping @Sendable (Row) -> Bool) -> TableColumn {
    count(name, meaning, to: 1) { value($0) ? 1 : 0 }
  }

  /// A column of text; fields are quoted if necessary (RFC 4180).
  /// - Parameter format: a regular expression that every field matches.
  public static func text(
    _ name: String, _ meaning: String, format: String? = nil, _ value: @escaping @Sendable (Row) -> String
  ) -> TableColumn {
    TableColumn(
      ColumnDescription(name: name, meaning: meaning, datatype: .init(base: "string", format: format), unit: nil, required: true)
    ) { row, text in
      text.append(contentsOf: CSVField.quoted(value(row)).utf8)
    }
  }
}

/// Fields of comma-separated values (RFC 4180).
public enum CSVField {
  /// Returns a field, in quotes if it contains a comma, a quote or a line break.
  public static func quoted(_ field: String) -> String {
    guard field.utf8.contains(where: { [UInt8(ascii: ","), UInt8(ascii: "\""), 10, 13].contains($0) }) else { return field }
    return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
  }
}
