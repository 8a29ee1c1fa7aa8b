/// Writes both sides of every frame next to each other: `frame,timestamp,used`, then for each Action Unit `AU01_right`, `AU01_left`,
/// `AU01_difference` (right − left) and `AU01_index` ((right − left) / (right + left), `nan` below the floor).
///
/// `used` is 1 where the frame enters the summary. Not `Sendable`: used from one thread. The file appears under its name at `finish()`.
public final class AsymmetryCSVWriter {
  private let rows: CSVRowWriter
  private let settings: AsymmetrySettings

  /// The header's names, in order.
  public static let columns =
    ["frame", "timestamp", "used"]
    + ActionUnit.allCases.flatMap { unit in ["right", "left", "difference", "index"].map { "\(unit.columnName)_\($0)" } }

  /// - Parameter path: where the file will be; its folder exists.
  public init(path: String, settings: AsymmetrySettings) throws(ActionUnitError) {
    self.settings = settings
    rows = try CSVRowWriter(path: path, columns: Self.columns)
  }

  public var path: String { rows.path }

  public func write(_ frame: SidedFrame) throws(ActionUnitError) {
    rows.append(rows.rowCount + 1)
    rows.append(frame.timestamp, decimals: 6)
    rows.append(flag: frame.exclusion == nil)
    for unit in ActionUnit.allCases {
      let right = frame.right[unit]
      let left = frame.left[unit]
      rows.append(right, decimals: 4)
      rows.append(left, decimals: 4)
      rows.append(right - left, decimals: 4)
      rows.append(settings.index(right: right, left: left), decimals: 4)
    }
    try rows.endRow()
  }

  /// Gives the file its name.
  /// - Returns: the number of rows below the header.
  @discardableResult
  public func finish() throws(ActionUnitError) -> Int { try rows.finish() }

  /// Removes what was written.
  public func cancel() { rows.cancel() }
}
