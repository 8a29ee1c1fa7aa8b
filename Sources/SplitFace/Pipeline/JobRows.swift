import ActionUnits
import FaceNetworks
import FaceTracking
import VideoIO

/// The tables of one job: a row in each for every frame, in order.
final class JobRows {
  /// Left and right where the job mirrors, one for the whole face where it does not; empty where it does not measure.
  private let actionUnits: [OpenFaceCSVWriter]
  private let face: FaceCSVWriter?
  private let landmarks: LandmarksCSVWriter?
  private(set) var comparison: SideComparison?
  /// Whether the last frame's row has numbers, where the job measures the face as it is; nil elsewhere.
  private(set) var wasMeasured: Bool?

  init(actionUnits: [OpenFaceCSVWriter], face: FaceCSVWriter?, landmarks: LandmarksCSVWriter?, comparison: SideComparison?) {
    self.actionUnits = actionUnits
    self.face = face
    self.landmarks = landmarks
    self.comparison = comparison
  }

  func write(_ frame: FinishedFrame, _ readings: Measured<ActionUnitReading>?) throws(ActionUnitError) {
    let timestamp = frame.source.frame.timestamp
    let observation = frame.observation
    switch readings {
    case .sides(let left, let right):
      try actionUnits[0].write(timestamp: timestamp, left)
      try actionUnits[1].write(timestamp: timestamp, right)
    case .whole(let reading):
      wasMeasured = reading.success
      try actionUnits[0].write(timestamp: timestamp, reading)
    case nil: break
    }
    try face?.write(timestamp: timestamp, FaceCSVWriter.Row(observation))
    try landmarks?.write(timestamp: timestamp, landmarks: observation.mesh?.landmarks, blendshapes: observation.blendshapes)
    try comparison?.add(frame, readings)
  }

  /// Gives the files their names.
  /// - Returns: rows of each file, by path.
  func finish() throws(ActionUnitError) -> [String: Int] {
    var rows: [String: Int] = [:]
    for writer in actionUnits { rows[writer.path] = try writer.finish() }
    if let face { rows[face.path] = try face.finish() }
    if let landmarks { rows[landmarks.path] = try landmarks.finish() }
    if let comparison { rows[comparison.tablePath] = try comparison.finishTable() }
    return rows
  }
}

extension FaceCSVWriter.Row {
  /// Nil where no face was found, also where the midline of an earlier frame was held and the frame was mirrored: there is no pose then.
  fileprivate init?(_ observation: FaceObservation) {
    guard let midline = observation.midline, let pose = observation.pose else { return nil }
    self.init(
      confidence: observation.confidence, glabella: midline.glabella, chin: midline.chin, yaw: pose.yaw, pitch: pose.pitch,
      roll: pose.roll, quality: observation.quality)
  }
}
