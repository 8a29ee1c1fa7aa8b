import FaceNetworks

/// Writes Action Units in OpenFace's columns: `frame,face_id,timestamp,confidence,success`, then `AU01_r … AU45_r` (0–5), then
/// `AU01_c … AU45_c` (0 or 1), and on request the emotions' scores and the gaze.
///
/// Frames count from 1 and `face_id` is 0. Timestamps are seconds from the container, to the microsecond. What an engine does not
/// provide is `nan`; a frame without a face has success 0, confidence 0 and `nan` everywhere else. Fields are separated by a comma
/// alone, as OpenFace 2.2 does: with the comma and blank of earlier versions, pandas and Excel would read column names that begin
/// with a blank.
///
/// Not `Sendable`: used from one thread. The file appears under its name at `finish()` and never half-written.
public final class OpenFaceCSVWriter {
  /// Columns behind OpenFace's own.
  public enum Extra: String, CaseIterable, Hashable, Sendable, Codable {
    /// `emotion_neutral … emotion_contempt`
    case emotion
    /// `gaze_yaw,gaze_pitch`, radians
    case gaze

    fileprivate var columns: [String] {
      switch self {
      case .emotion: Emotion.allCases.map { "emotion_" + $0.rawValue }
      case .gaze: ["gaze_yaw", "gaze_pitch"]
      }
    }
  }

  /// Digits behind the point of an intensity.
  private static let intensityDecimals = 4

  /// An intensity as its column shows it. Presences are decided on this, so that both columns of a unit agree for whoever reads them.
  static func printed(_ intensity: Float) -> Double { DecimalText.printed(Double(intensity), decimals: intensityDecimals) }

  private let rows: CSVRowWriter
  private let extras: [Extra]

  /// - Parameters:
  ///   - path: where the file will be; its folder exists. A file of that name is replaced at `finish()`.
  ///   - extras: further columns, written in the order emotion, gaze.
  /// - Throws: `ActionUnitError` where the file cannot be created.
  public init(path: String, extras: Set<Extra> = []) throws(ActionUnitError) {
    self.extras = Extra.allCases.filter(extras.contains)
    rows = try CSVRowWriter(path: path, columns: Self.columns(extras: extras))
  }

  /// The header's names, in order.
  public static func columns(extras: Set<Extra> = []) -> [String] {
    ["frame", "face_id", "timestamp", "confidence", "success"]
      + ActionUnit.allCases.map { $0.columnName + "_r" }
      + ActionUnit.allCases.map { $0.columnName + "_c" }
      + Extra.allCases.filter(extras.contains).flatMap(\.columns)
  }

  public var path: String { rows.path }

  /// Rows written up to now.
  public var rowCount: Int { rows.rowCount }

  /// Adds the next frame's row.
  /// - Parameter timestamp: seconds.
  public func write(timestamp: Double, _ reading: ActionUnitReading) throws(ActionUnitError) {
    rows.append(rows.rowCount + 1)
    rows.append(0)
    rows.append(timestamp, decimals: 6)
    rows.append(reading.success ? reading.confidence : 0, decimals: 4)
    rows.append(flag: reading.success)
    for unit in ActionUnit.allCases { write(reading.intensity[unit], decimals: Self.intensityDecimals, of: reading) }
    for unit in ActionUnit.allCases { write(reading.presence[unit], decimals: 0, of: reading) }
    for extra in extras {
      switch extra {
      case .emotion:
        for index in Emotion.allCases.indices { write(reading.emotion?[index] ?? .nan, decimals: 4, of: reading) }
      case .gaze:
        write(reading.gaze?.yaw ?? .nan, decimals: 5, of: reading)
        write(reading.gaze?.pitch ?? .nan, decimals: 5, of: reading)
      }
    }
    try rows.endRow()
  }

  private func write(_ value: Float, decimals: Int, of reading: ActionUnitReading) {
    if reading.success { rows.append(value, decimals: decimals) } else { rows.appendMissing() }
  }

  /// Gives the file its name.
  /// - Returns: the number of rows below the header.
  @discardableResult
  public func finish() throws(ActionUnitError) -> Int { try rows.finish() }

  /// Removes what was written.
  public func cancel() { rows.cancel() }
}
