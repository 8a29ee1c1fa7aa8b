import ActionUnits
import FaceTracking
import Foundation
import Imaging
import Measures
import Report
import Results
import VideoIO

/// Collects the measurements and images that are needed to compare the two sides of a face over a clip.
struct SideComparison {
  private let settings: ComparisonSettings
  private var series: MeasureSeries
  private var faces: [ReportInput.Face] = []
  private var stills: PeakStills
  /// Whether the engine looks for a mesh in the mirrored images, which shows most kinds of cover.
  private var comparesMeshes = false

  /// Creates a comparison without frames.
  /// - Parameter pixelAspect: the width of a pixel divided by its height.
  init(_ measures: [MeasureID], settings: ComparisonSettings, pixelAspect: Double) {
    self.settings = settings
    series = MeasureSeries(measures)
    stills = PeakStills(measures: measures, pixelAspect: pixelAspect)
  }

  /// Looks at the next frame, whose images are not kept. Call `append(_:observation:)` when it is known what is covered in it.
  /// - Returns: the values of both sides, and what seems to be covered in this frame alone; nil if the frame was not mirrored or not
  ///   measured.
  mutating func look(at frame: FinishedFrame, _ readings: Measured<ActionUnitReading>?) -> SidedFrame? {
    guard case .sides(let left, let right) = readings, let pictures = frame.pictures else { return nil }
    let observation = frame.observation
    var cover = FaceCover(right: right, left: left)
    if let mesh = observation.unsmoothedMesh { cover.formUnion(ImageCover.cover(in: frame.source.frame.image, mesh: mesh)) }
    if right.disagreement != nil { comparesMeshes = true }
    let sides = SidedFrame(
      timestamp: frame.source.frame.timestamp, right: right.intensity.inOrder, left: left.intensity.inOrder,
      yaw: observation.pose?.yaw ?? .nan, exclusion: exclusion(observation, bothMeasured: left.success && right.success),
      cover: cover)
    stills.add(sides, observation: observation, right: pictures.right, source: frame.source.frame.image, left: pictures.left)
    return sides
  }

  /// Adds the next frame to the values that are compared.
  mutating func append(_ sides: SidedFrame, observation: FaceObservation) {
    series.append(sides)
    faces.append(ReportInput.Face(observation))
  }

  var summary: SegmentSummary { SegmentSummary(series, settings: settings) }

  /// Returns everything that the report shows.
  func reportInput(
    _ record: RunRecord, summary: SegmentSummary, caveat: String, names: OutputNames, stills: [PeakStill]
  ) -> ReportInput {
    let input = record.input
    let counts = record.frames
    var provenance = ReportInput.Provenance(
      version: record.version, engine: record.engine?.name ?? "", caveat: caveat,
      networks: record.networks.map {
        ReportInput.Provenance.Network(name: $0.name, source: $0.source, sha256: $0.sha256, provider: $0.provider)
      }, inference: "ONNX Runtime \(record.inference.version)")
    provenance.encoder = record.encoder
    provenance.date = record.finished.formatted(.iso8601)
    var report = ReportInput(
      clip: ReportInput.Clip(
        name: URL(filePath: input.path).lastPathComponent, width: input.width, height: input.height, frameRate: input.frameRate,
        duration: input.duration, orientation: input.orientation),
      counts: ReportInput.FrameCounts(read: counts.read, withFace: counts.withFace, held: counts.held, withoutFace: counts.withoutFace),
      provenance: provenance, series: series, faces: faces, summary: summary,
      videos: zip([ReportInput.Video.Role.left, .right, .source], names.videos).map { ReportInput.Video(role: $0, fileName: $1) }
        .sorted { Self.order($0.role) < Self.order($1.role) },
      stills: stills, files: names.tables.map(\.name) + names.pages.filter { $0 != names.report?.page } + [names.record],
      warnings: record.warnings)
    report.comparesMeshes = comparesMeshes
    return report
  }

  /// Returns the images of the frames in which a measure reaches its peak.
  func peakStills(encode: (YUVImage) throws -> [UInt8]) throws -> [PeakStill] {
    try stills.stills(isCompared: { !series.isCovered($0, in: $1 - 1) }, encode: encode)
  }

  /// The position of a video on the page. The person's right side comes first, on the left, as in an ordinary video.
  private static func order(_ role: ReportInput.Video.Role) -> Int { role == .right ? 0 : role == .source ? 1 : 2 }

  private func exclusion(_ observation: FaceObservation, bothMeasured: Bool) -> FrameExclusion? {
    // A held frame is mirrored with an earlier midline, but there is no face in it to measure.
    if observation.state != .found || !bothMeasured { return .noFace }
    if let pose = observation.pose, abs(pose.yaw) > settings.largestYaw { return .headTurned }
    return observation.quality < settings.leastQuality ? .poorQuality : nil
  }
}
