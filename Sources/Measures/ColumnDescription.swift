/// The description of a column as defined by CSV on the Web.
public struct ColumnDescription: Sendable, Codable, Equatable {
  struct Datatype: Sendable, Codable, Equatable {
    var base: String
    var minimum: Double?
    var maximum: Double?
    var format: String?
  }

  public let name: String
  let meaning: String
  let datatype: Datatype
  /// The unit, in words or as a UCUM symbol. CSVW has no property for units, so it is written as `schema:unitText`.
  let unit: String?
  /// Whether every row has a value in this column.
  let required: Bool

  /// The largest possible value of a column of numbers; nil if there is no limit.
  public var maximum: Double? { datatype.maximum }

  private enum CodingKeys: String, CodingKey {
    case name, datatype, required
    case meaning = "dc:description"
    case unit = "schema:unitText"
  }
}
