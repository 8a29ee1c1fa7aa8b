public import ActionUnits
import Foundation

/// What each column of the tables means, as CSV on the Web metadata (W3C Recommendation "Metadata Vocabulary for Tabular Data", 2015).
public enum ColumnDictionary {
  /// One table beside the dictionary.
  public struct Table: Sendable {
    public enum Kind: Sendable {
      /// `OpenFaceCSVWriter`'s.
      case actionUnits(extras: Set<OpenFaceCSVWriter.Extra>)
      /// `FaceCSVWriter`'s.
      case face
      /// `LandmarksCSVWriter`'s, with the blendshapes' names in the network's order.
      case landmarks(blendshapes: [String])
      /// `AsymmetryCSVWriter`'s.
      case asymmetry
      /// `SummaryCSV`'s.
      case summary
    }

    public var kind: Kind
    /// Relative to the dictionary.
    public var fileName: String
    /// What the rows are, in words; for instance which side was measured.
    public var about: String

    public init(_ kind: Kind, fileName: String, about: String) {
      self.kind = kind
      self.fileName = fileName
      self.about = about
    }
  }

  /// The JSON text.
  /// - Parameters:
  ///   - engine: as it is chosen on the command line; scales depend on it. Empty where no Action Units were measured.
  ///   - origins: where each unit's value comes from; `ActionUnitEngine.columnOrigins`.
  public static func json(for tables: [Table], engine: String, origins: [ActionUnit: String]) throws -> [UInt8] {
    let descriptions = ColumnDescriptions(scale: ActionUnitScale(engine: engine), origins: origins)
    let group = TableGroup(
      tables: tables.map { table in
        TableDescription(
          url: String(RelativeReference.url(table.fileName).dropFirst(2)), about: table.about,
          tableSchema: TableSchema(columns: descriptions.columns(of: table.kind)))
      }, caveat: descriptions.scale.caveat)
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return Array(try encoder.encode(group)) + [UInt8(ascii: "\n")]
  }
}

/// One column in CSVW's terms.
struct ColumnDescription: Encodable, Equatable {
  struct Datatype: Encodable, Equatable {
    var base: String
    var minimum: Double?
    var maximum: Double?
    var format: String?
  }

  var name: String
  var meaning: String
  var datatype: Datatype
  /// In words or as a UCUM symbol; CSVW has no property of its own for it.
  var unit: String?
  /// Whether the field is never missing.
  var required: Bool

  private enum CodingKeys: String, CodingKey {
    case name, datatype, required
    case meaning = "dc:description"
    case unit = "schema:unitText"
  }
}

private struct TableSchema: Encodable { var columns: [ColumnDescription] }

private struct TableDescription: Encodable {
  var url: String
  var about: String
  var tableSchema: TableSchema

  private enum CodingKeys: String, CodingKey {
    case url, tableSchema
    case about = "dc:description"
  }
}

private struct TableGroup: Encodable {
  var tables: [TableDescription]
  var caveat: String

  private enum CodingKeys: String, CodingKey {
    case context = "@context"
    case tables, dialect, null
    case caveat = "dc:description"
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
