/// Writes where the face is: `frame,timestamp,success,confidence,glabella_x,glabella_y,chin_x,chin_y,yaw,pitch,roll,quality`.
///
/// Points are pixels of the upright frame, origin at the centre of the top left pixel; angles are degrees. A frame without a face has
/// success 0, confidence 0 and `nan` everywhere else.
///
/// Not `Sendable`: used from one thread. The file appears under its name at `finish()` and never half-written.
public final class FaceCSVWriter {
  /// One frame's face.
  public struct Row: Sendable {
    public var confidence: Double
    public var glabella: SIMD2<Double>
    public var chin: SIMD2<Double>
    public var yaw: Double
    public var pitch: Double
    public var roll: Double
    /// 0…1
    public var quality: Double

    public init(
      confidence: Double, glabella: SIMD2<Double>, chin: SIMD2<Double>, yaw: Double, pitch: Double, roll: Double, quality: Double
    ) {
      self.confidence = confidence
      self.glabella = glabella
      self.chin = chin
      self.yaw = yaw
      self.pitch = pitch
      self.roll = roll
      self.quality = quality
    }
  }

  /// The header's names, in order.
  public static let columns = [
    "frame", "timestamp", "success", "confidence", "glabella_x", "glabella_y", "chin_x", "chin_y", "yaw", "pitch", "roll", "quality",
  ]

  private let rows: CSVRowWriter

  /// - Parameter path: where the file will be; its folder exists. A file of that name is replaced at `finish()`.
  public init(path: String) throws(ActionUnitError) {
    rows = try CSVRowWriter(path: path, columns: Self.columns)
  }

  public var path: String { rows.path }
  public var rowCount: Int { rows.rowCount }

  /// Adds the next frame's row.
  /// - Parameters:
  ///   - timestamp: seconds.
  ///   - face: nil where no face was found.
  public func write(timestamp: Double, _ face: Row?) throws(ActionUnitError) {
    rows.append(rows.rowCount + 1)
    rows.append(timestamp, decimals: 6)
    rows.append(flag: face != nil)
    rows.append(face?.confidence ?? 0, decimals: 4)
    if let face {
      for value in [face.glabella.x, face.glabella.y, face.chin.x, face.chin.y] { rows.append(value, decimals: 3) }
      for value in [face.yaw, face.pitch, face.roll] { rows.append(value, decimals: 3) }
      rows.append(face.quality, decimals: 4)
    } else {
      rows.appendMissing(8)
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
