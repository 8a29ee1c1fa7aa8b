import OutputFiles

/// Writes a table row by row.
///
/// It is not `Sendable`: use it from one thread. The file gets its name in `finish()`. If `finish()` is not called, the file is removed by
/// `cancel()` or when the writer is released. Memory does not grow with the number of rows.
public final class TableWriter<Row> {
  /// The path of the finished file.
  public let path: String
  /// The number of rows so far.
  public private(set) var rowCount = 0
  private let table: Table<Row>
  private var file: PartialFile?
  private var buffer: [UInt8] = []

  private static var bufferSize: Int { 1 << 16 }

  /// Creates the file under a partial name.
  /// - Parameter path: the path of the finished file. Its folder must exist; `finish()` replaces a file of the same name.
  /// - Throws: `OutputFilesError` if the file cannot be created.
  public init(_ table: Table<Row>, path: String) throws {
    self.table = table
    self.path = path
    file = try PartialFile(path: path)
    buffer.reserveCapacity(Self.bufferSize + 4096)
    table.appendHeader(to: &buffer)
  }

  /// Adds the next row.
  /// - Throws: `OutputFilesError` if the file cannot be written, `MeasuresError.finished` after `finish()` or `cancel()`.
  public func write(_ row: Row) throws {
    guard file != nil else { throw isFinished }
    table.append(row, to: &buffer)
    rowCount += 1
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Writes the remaining rows and gives the file its name.
  /// - Returns: the number of rows below the header.
  /// - Throws: the errors of `write(_:)`.
  @discardableResult
  public func finish() throws -> Int {
    try flush()
    guard let file = file.take() else { throw isFinished }
    try file.commit()
    return rowCount
  }

  /// Removes the unfinished file.
  public func cancel() { file = nil }

  private func flush() throws {
    guard file != nil else { throw isFinished }
    try file?.append(buffer)
    buffer.removeAll(keepingCapacity: true)
  }

  private var isFinished: MeasuresError { MeasuresError(.finished, "cannot write \(path): the table was finished or cancelled before") }
}
