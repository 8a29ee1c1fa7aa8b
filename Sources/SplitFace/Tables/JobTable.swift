package import ActionUnits
import FaceTracking
package import Measures
import Results

/// A table that jobs write: the end of its name, which jobs write it, its columns, and its rows.
///
/// The list `JobTable.all` determines which tables are written, described and checked. To add a table, define it in a file of its own and
/// add it to that list.
package struct JobTable: Sendable {
  /// The end of the file's name, after the stem of the video's name.
  package let ending: String
  /// A description of the table's rows.
  let about: String
  /// Whether a job writes the table.
  let isWritten: @Sendable (JobSpec) -> Bool
  /// The descriptions of the columns.
  package let columns: @Sendable (Context) -> [ColumnDescription]
  /// Creates the table's file at a path; nil for a table that does not have one row per frame and is written at the end of the job.
  let open: (@Sendable (Context, String) throws -> FrameTableWriter)?

  /// The properties of a job that the columns of its tables depend on.
  package struct Context: Sendable {
    let measures: MeasureSet
    let extraColumns: Set<ExtraColumn>
    let settings: ComparisonSettings

    package init(measures: MeasureSet, extraColumns: Set<ExtraColumn>, settings: ComparisonSettings) {
      self.measures = measures
      self.extraColumns = extraColumns
      self.settings = settings
    }
  }

  /// Creates a table with one row per frame.
  /// - Parameter row: returns the row of a frame. If it returns nil, the row is missing, and the job fails with `countMismatch`.
  init<Row>(
    _ ending: String, about: String, isWritten: @escaping @Sendable (JobSpec) -> Bool,
    table: @escaping @Sendable (Context) -> Table<Row>, row: @escaping @Sendable (MeasuredFrame) -> Row?
  ) {
    self.ending = ending
    self.about = about
    self.isWritten = isWritten
    columns = { table($0).columns.map(\.description) }
    open = { context, path in
      let writer = try TableWriter(table(context), path: path)
      return FrameTableWriter(
        path: path, write: { frame in if let row = row(frame) { try writer.write(row) } }, finish: { try writer.finish() })
    }
  }

  /// Creates a table that is written at the end of the job.
  init<Row>(
    _ ending: String, about: String, isWritten: @escaping @Sendable (JobSpec) -> Bool, table: @escaping @Sendable (Context) -> Table<Row>
  ) {
    self.ending = ending
    self.about = about
    self.isWritten = isWritten
    columns = { table($0).columns.map(\.description) }
    open = nil
  }

  /// All tables, in the order in which outputs are listed.
  package static let all: [JobTable] = [.leftUnits, .rightUnits, .wholeUnits, .face, .landmarks, .asymmetry, .summary]
}

/// The results for one frame from which the rows of tables are made.
struct MeasuredFrame: Sendable {
  /// The number of the frame, counted from 1.
  let number: Int
  /// The time of the frame in seconds.
  let timestamp: Double
  let observation: FaceObservation
  /// Nil if the job does not measure.
  let readings: Measured<ActionUnitReading>?
  /// The values of both sides; nil if the job does not compare the sides.
  var sides: SidedFrame?
}

/// Writes the file of a table with one row per frame.
struct FrameTableWriter {
  /// The path of the finished file.
  let path: String
  /// Adds the row of the next frame.
  let write: (MeasuredFrame) throws -> Void
  /// Finishes the file, gives it its final name, and returns the number of rows.
  let finish: () throws -> Int
}
