import OutputFiles

/// Writes a table of numbers, one row after the other, separated by commas without blanks.
///
/// Not `Sendable`: used from one thread. The file appears under its name at `finish()`; without that it is removed, on `cancel()` or
/// when the writer goes. Memory does not grow with the rows.
final class CSVRowWriter {
  let path: String
  private(set) var rowCount = 0
  private let columnCount: Int
  private var file: PartialFile?
  private var buffer: [UInt8] = []
  private var fieldsInRow = 0

  private static let bufferSize = 1 << 16

  /// - Parameter columns: the header's names.
  init(path: String, columns: [String]) throws(ActionUnitError) {
    self.path = path
    columnCount = columns.count
    do { file = try PartialFile(path: path) } catch { throw ActionUnitError(error) }
    buffer.reserveCapacity(Self.bufferSize + 4096)
    buffer.append(contentsOf: columns.joined(separator: ",").utf8)
    buffer.append(UInt8(ascii: "\n"))
  }

  func append(_ value: Int) {
    separate()
    DecimalText.append(value, to: &buffer)
  }

  /// - Parameter decimals: digits behind the point.
  func append(_ value: Double, decimals: Int) {
    separate()
    DecimalText.append(value, decimals: decimals, to: &buffer)
  }

  func append(_ value: Float, decimals: Int) { append(Double(value), decimals: decimals) }

  func append(flag: Bool) { append(flag ? 1 : 0) }

  /// - Parameter count: fields to fill with `nan`.
  func appendMissing(_ count: Int = 1) {
    for _ in 0..<count {
      separate()
      buffer.append(contentsOf: DecimalText.missing)
    }
  }

  func endRow() throws(ActionUnitError) {
    precondition(fieldsInRow == columnCount, "a row has as many fields as the header")
    buffer.append(UInt8(ascii: "\n"))
    fieldsInRow = 0
    rowCount += 1
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Writes what is left and gives the file its name.
  /// - Returns: the number of rows below the header.
  func finish() throws(ActionUnitError) -> Int {
    try flush()
    guard let file = file.take() else { throw finished }
    do { try file.commit() } catch { throw ActionUnitError(error) }
    return rowCount
  }

  /// Removes what was written.
  func cancel() { file = nil }

  private func flush() throws(ActionUnitError) {
    guard file != nil else { throw finished }
    do { try file?.append(buffer) } catch { throw ActionUnitError(error) }
    buffer.removeAll(keepingCapacity: true)
  }

  private func separate() {
    if fieldsInRow > 0 { buffer.append(UInt8(ascii: ",")) }
    fieldsInRow += 1
  }

  private var finished: ActionUnitError { ActionUnitError(.cannotWrite, "cannot write \(path): it was finished or cancelled before") }
}
