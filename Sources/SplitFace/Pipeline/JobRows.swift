import ActionUnits
import FaceTracking
import Measures
import VideoIO

/// Writes the tables of a job that have one row per frame, in the order of the frames.
final class JobRows {
  private let writers: [FrameTableWriter]
  /// The comparison of the two sides; nil if the job does not compare them.
  private(set) var comparison: SideComparison?
  /// In a job that measures the unmirrored face, whether the last frame's row has numbers; nil in other jobs.
  private(set) var wasMeasured: Bool?
  private var count = 0
  /// The frames that wait until it is known whether something covers the face in them.
  private var filter = CoverFilter<MeasuredFrame>()

  init(_ writers: [FrameTableWriter], comparison: SideComparison?) {
    self.writers = writers
    self.comparison = comparison
  }

  func write(_ frame: FinishedFrame, _ readings: Measured<ActionUnitReading>?) throws {
    count += 1
    if case .whole(let reading) = readings { wasMeasured = reading.success }
    let sides = comparison?.look(at: frame, readings)
    let measured = MeasuredFrame(
      number: count, timestamp: frame.source.frame.timestamp, observation: frame.observation, readings: readings, sides: sides)
    guard comparison != nil else { return try write(measured) }
    let signs = sides?.exclusion == .noFace ? nil : sides?.cover
    for (frame, cover) in filter.push(signs, timestamp: measured.timestamp, payload: measured) { try write(frame, cover: cover) }
  }

  private func write(_ frame: MeasuredFrame, cover: FaceCover = []) throws {
    var frame = frame
    frame.sides?.cover = cover
    if let sides = frame.sides { comparison?.append(sides, observation: frame.observation) }
    for writer in writers { try writer.write(frame) }
  }

  /// Finishes the files and gives them their final names.
  /// - Returns: the number of rows in each file, by its path.
  func finish() throws -> [String: Int] {
    for (frame, cover) in filter.finish() { try write(frame, cover: cover) }
    return Dictionary(uniqueKeysWithValues: try writers.map { ($0.path, try $0.finish()) })
  }
}
