import ActionUnits
import FaceTracking
import Foundation
import Imaging
import Report
import Results
import VideoIO

/// Compares the two sides while a clip goes by, and writes tables and report of it at the end.
struct SideComparison {
  private let settings = AsymmetrySettings()
  private let table: AsymmetryCSVWriter
  private var frames: [SidedFrame] = []
  private var faces: [ReportInput.Face] = []
  private var stills: PeakStills

  /// - Parameters:
  ///   - path: of the table with a row a frame.
  ///   - pixelAspect: a pixel's width over its height.
  init(path: String, pixelAspect: Double) throws(ActionUnitError) {
    table = try AsymmetryCSVWriter(path: path, settings: settings)
    stills = PeakStills(pixelAspect: pixelAspect)
  }

  /// Takes the next frame.
  mutating func add(_ frame: FinishedFrame, _ readings: Measured<ActionUnitReading>?) throws(ActionUnitError) {
    guard case .sides(let left, let right) = readings, let pictures = frame.pictures else { return }
    let observation = frame.observation
    let sided = SidedFrame(
      timestamp: frame.source.frame.timestamp, right: right.intensity, left: left.intensity,
      exclusion: exclusion(observation, bothMeasured: left.success && right.success))
    try table.write(sided)
    stills.add(sided, observation: observation, right: pictures.right, source: frame.source.frame.image, left: pictures.left)
    frames.append(sided)
    faces.append(ReportInput.Face(observation))
  }

  var tablePath: String { table.path }

  /// Ends the table with a row a frame.
  /// - Returns: its rows.
  func finishTable() throws(ActionUnitError) -> Int { try table.finish() }

  /// - Parameter units: what the engine provides.
  func summary(of units: Set<ActionUnit>) -> AsymmetrySummary { AsymmetrySummary(frames: frames, units: units, settings: settings) }

  /// What the report shows.
  func reportInput(
    _ record: RunRecord, summary: AsymmetrySummary, origins: [ActionUnit: String], names: OutputNames, stills: [PeakStill]
  )
    -> ReportInput
  {
    let input = record.input
    let counts = record.frames
    var provenance = ReportInput.Provenance(
      version: record.version, engine: record.engine?.name ?? "", columnOrigins: origins,
      networks: record.networks.map {
        ReportInput.Provenance.Network(name: $0.name, source: $0.source, sha256: $0.sha256, provider: $0.provider)
      }, inference: "ONNX Runtime \(record.inference.version)")
    provenance.encoder = record.encoder
    provenance.date = record.finished.formatted(.iso8601)
    return ReportInput(
      clip: ReportInput.Clip(
        name: URL(filePath: input.path).lastPathComponent, width: input.width, height: input.height, frameRate: input.frameRate,
        duration: input.duration, orientation: input.orientation),
      counts: ReportInput.FrameCounts(read: counts.read, withFace: counts.withFace, held: counts.held, withoutFace: counts.withoutFace),
      provenance: provenance, frames: frames, faces: faces, summary: summary,
      videos: zip([ReportInput.Video.Role.left, .right, .source], names.videos).map { ReportInput.Video(role: $0, fileName: $1) }
        .sorted { Self.order($0.role) < Self.order($1.role) },
      stills: stills, files: names.tables + names.pages.filter { $0 != names.comparison?.report } + [names.record],
      warnings: record.warnings)
  }

  /// The pictures at the peaks.
  func peakStills(encode: (YUVImage) throws -> [UInt8]) throws -> [PeakStill] { try stills.stills(encode: encode) }

  /// As the sides lie in an ordinary video: the person's right on the image's left.
  private static func order(_ role: ReportInput.Video.Role) -> Int { role == .right ? 0 : role == .source ? 1 : 2 }

  private func exclusion(_ observation: FaceObservation, bothMeasured: Bool) -> FrameExclusion? {
    // A held frame is mirrored with an earlier midline, but there is no face in it to measure.
    if observation.state != .found || !bothMeasured { return .noFace }
    if let pose = observation.pose, abs(pose.yaw) > settings.largestYaw { return .headTurned }
    return observation.quality < settings.leastQuality ? .poorQuality : nil
  }
}
