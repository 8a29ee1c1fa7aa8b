public import Foundation

/// The machine-readable description of tables, as CSV on the Web metadata (W3C Recommendation "Metadata Vocabulary for Tabular Data",
/// 2015).
public enum ColumnDictionary {
  /// A table in the folder of the dictionary.
  public struct Entry: Sendable {
    /// The file's name, relative to the dictionary.
    public var fileName: String
    /// What the rows contain, in words, such as which side was measured.
    public var about: String
    public var columns: [ColumnDescription]

    public init(fileName: String, about: String, columns: [ColumnDescription]) {
      self.fileName = fileName
      self.about = about
      self.columns = columns
    }
  }

  /// Returns the JSON text that describes these tables.
  /// - Parameter caveat: what a reader must know about the values as a whole; empty if there is nothing.
  public static func json(for tables: [Entry], caveat: String) throws -> [UInt8] {
    let group = TableGroup(
      tables: tables.map { table in
        TableDescription(
          url: String(RelativeReference.url(table.fileName).dropFirst(2)), about: table.about,
          tableSchema: TableSchema(columns: table.columns))
      }, caveat: caveat)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(group)) + [UInt8(ascii: "\n")]
  }

  /// Returns the columns of all tables that a dictionary describes.
  /// - Parameter name: what the error message calls the dictionary, such as its path.
  /// - Throws: `MeasuresError.malformed` if the JSON is not a dictionary of this kind.
  public static func columns(in json: Data, named name: String) throws(MeasuresError) -> [ColumnDescription] {
    do { return try JSONDecoder().decode(TableGroup.self, from: json).tables.flatMap(\.tableSchema.columns) } catch {
      throw MeasuresError(.malformed, "\(name) is not a description of columns")
    }
  }
}

private struct TableSchema: Codable { var columns: [ColumnDescription] }

private struct TableDescription: Codable {
  var url: String
  var about: String
  var tableSchema: TableSchema

  private enum CodingKeys: String, CodingKey {
    case url, tableSchema
    case about = "dc:description"
  }
}

private struct TableGroup: Codable {
  var tables: [TableDescription]
  var caveat: String

  private enum CodingKeys: String, CodingKey {
    case context = "@context"
    case tables, dialect, null
    case caveat = "dc:description"
  }

  init(tables: [TableDescription], caveat: String) {
    self.tables = tables
    self.caveat = caveat
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    tables = try container.decode([TableDescription].self, forKey: .tables)
    caveat = try container.decodeIfPresent(String.self, forKey: .caveat) ?? ""
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode("http://www.w3.org/ns/csvw", forKey: .context)
    if !caveat.isEmpty { try container.encode(caveat, forKey: .caveat) }
    try container.encode("nan", forKey: .null)
    try container.encode(["delimiter": ",", "encoding": "utf-8"], forKey: .dialect)
    try container.encode(tables, forKey: .tables)
  }
}
