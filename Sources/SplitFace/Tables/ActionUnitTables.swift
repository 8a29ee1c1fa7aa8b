import ActionUnits
import Measures
import Results

extension JobTable {
  static let leftUnits = units(
    "_left_mirrored.csv", of: .process, "the person's left half and its reflection",
    reading: { if case .sides(let left, _) = $0 { left } else { nil } })
  static let rightUnits = units(
    "_right_mirrored.csv", of: .process, "the person's right half and its reflection",
    reading: { if case .sides(_, let right) = $0 { right } else { nil } })
  static let wholeUnits = units(
    ".csv", of: .extract, "the face as it is", reading: { if case .whole(let reading) = $0 { reading } else { nil } })

  /// A table of Action Units.
  /// - Parameters:
  ///   - ending: the end of the file's name.
  ///   - kind: the kind of job that writes the table.
  ///   - face: a description of the face that is measured.
  ///   - reading: returns that face's reading in a frame; nil if the frame has none.
  private static func units(
    _ ending: String, of kind: JobKind, _ face: String,
    reading: @escaping @Sendable (Measured<ActionUnitReading>?) -> ActionUnitReading?
  ) -> JobTable {
    JobTable(
      ending, about: "\(face), one row per frame", isWritten: { $0.kind == kind },
      table: { OpenFaceTable.table($0.measures.measures, extras: $0.extraColumns) },
      row: { frame in
        reading(frame.readings).map { OpenFaceTable.Row(number: frame.number, timestamp: frame.timestamp, reading: $0) }
      })
  }
}
