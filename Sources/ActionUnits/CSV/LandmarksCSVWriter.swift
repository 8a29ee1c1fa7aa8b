/// Writes the face mesh: `frame,timestamp,success`, then `x_0…x_477`, `y_0…y_477`, `z_0…z_477` and the 52 blendshapes by name.
///
/// Coordinates are pixels of the upright frame, origin at the centre of the top left pixel; z as `FaceMesh` gives it. A frame without a
/// face has success 0 and `nan` everywhere else.
///
/// Not `Sendable`: used from one thread. The file appears under its name at `finish()` and never half-written.
public final class LandmarksCSVWriter {
  private let rows: CSVRowWriter
  private let blendshapeCount: Int
  private static let landmarkCount = 478

  /// - Parameters:
  ///   - path: where the file will be; its folder exists. A file of that name is replaced at `finish()`.
  ///   - blendshapes: the blendshapes' names in the network's order.
  public init(path: String, blendshapes: [String]) throws(ActionUnitError) {
    blendshapeCount = blendshapes.count
    rows = try CSVRowWriter(path: path, columns: Self.columns(blendshapes: blendshapes))
  }

  /// The header's names, in order.
  public static func columns(blendshapes: [String]) -> [String] {
    let coordinates = ["x", "y", "z"].flatMap { axis in (0..<landmarkCount).map { "\(axis)_\($0)" } }
    return ["frame", "timestamp", "success"] + coordinates + blendshapes
  }

  public var path: String { rows.path }
  public var rowCount: Int { rows.rowCount }

  /// Adds the next frame's row.
  /// - Parameters:
  ///   - timestamp: seconds.
  ///   - landmarks: 478 points, or nil where no face was found.
  ///   - blendshapes: as many as named at the start, or nil where they are unknown.
  public func write(timestamp: Double, landmarks: [SIMD3<Double>]?, blendshapes: [Float]?) throws(ActionUnitError) {
    rows.append(rows.rowCount + 1)
    rows.append(timestamp, decimals: 6)
    rows.append(flag: landmarks != nil)
    if let landmarks {
      precondition(landmarks.count == Self.landmarkCount, "a face mesh has 478 points")
      for axis in 0..<3 { for landmark in landmarks { rows.append(landmark[axis], decimals: 3) } }
    } else {
      rows.appendMissing(3 * Self.landmarkCount)
    }
    if landmarks != nil, let blendshapes {
      precondition(blendshapes.count == blendshapeCount, "as many blendshapes as the header names")
      for value in blendshapes { rows.append(value, decimals: 5) }
    } else {
      rows.appendMissing(blendshapeCount)
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
