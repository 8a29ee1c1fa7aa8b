import ActionUnits
import FaceNetworks
import FaceTracking
import Foundation
import Imaging
import Inference
import Measures
import Mirroring
import OutputFiles
import Results
import VideoIO

/// A job on one video, from the file to its finished outputs.
struct VideoJob {
  let spec: JobSpec
  let input: URL
  let networks: LoadedNetworks
  let control: JobControl
  let clock = StageClock()
  private let pool = PixelMemoryPool()
  let cancellation = VideoCancellation()
  let started = StageClock.now(CLOCK_MONOTONIC)
  let processorAtStart = ProcessUsage.processorTime

  /// Prepares a job; nothing is read or written yet.
  /// - Parameter spec: the job, without options that have no effect; its inputs are ignored.
  init(spec: JobSpec, input: URL, networks: LoadedNetworks, control: JobControl) {
    self.spec = spec
    self.input = input
    self.networks = networks
    self.control = control
  }

  private var kind: JobKind { spec.kind }

  /// Does the job on the calling thread and on threads of its own.
  /// - Throws: `SplitFaceError`, or `CancellationError` if it was stopped. No outputs are left then.
  func run(progress: (JobProgress) -> Void) throws -> JobResult {
    control.onStop { [cancellation] in cancellation.cancel() }
    do { return try perform(progress) } catch {
      // If the job was stopped, this error may be just a consequence, so the error that stopped the job is thrown instead.
      throw SplitFaceError.jobFailure(control.failure ?? error, input: input)
    }
  }

  private func perform(_ progress: (JobProgress) -> Void) throws -> JobResult {
    let file = try InputFile(path: input.path(percentEncoded: false))
    let directory = spec.output ?? input.deletingLastPathComponent()
    let names = OutputNames(input: input, spec: spec).besideOthers(in: directory)
    let outputs = try OutputSet(directory: directory, stem: names.stem, names: names.all, overwrite: spec.overwrite)
    defer { outputs.discard() }

    let reader = try VideoReader(
      path: file.path,
      options: VideoReaderOptions(
        orientation: .metadata, decoderThreads: networks.budget.decoder, pool: pool,
        wantsAudio: kind.mirrors && spec.audio == .copy, cancellation: cancellation))
    let orientation = try OrientationDecision(
      reader: reader, choice: spec.orientation, networks: networks.landmarker, cancellation: cancellation)
    reader.setOrientation(orientation.option)
    let references = try midlineReferences(info: reader.info, orientation: orientation.option)
    let writers = try names.videos.map { try VideoWriter(path: outputs.stagedPath($0), like: reader.info, options: writerOptions) }
    let rows = try makeRows(names, outputs, info: reader.info)
    var tally = FrameTally(expected: reader.info.estimatedFrameCount, started: started)
    let written = try pipeline(reader: reader, references: references, writers: writers, rows: rows).run(control: control, clock: clock) {
      frame in
      tally.count(frame.observation, measured: rows.wasMeasured)
      progress(tally.progress)
    }
    try file.requireUnchanged()
    let rowCounts = try rows.finish()
    try verify(tally, read: reader.frameCount, written: written, rows: rowCounts)

    let summary = JobSummary(
      file: file, info: reader.info, orientation: orientation, tally: tally, reader: reader, writers: writers,
      written: reader.frameCount, outputs: outputs)
    var record = record(summary)
    if let comparison = rows.comparison { try writeComparison(comparison, record: &record, names: names, outputs: outputs) }
    try writeColumns(names, outputs: outputs)
    record.outputs = try describe(names, outputs, read: reader.frameCount, rows: rowCounts)
    try outputs.write(record.encoded(), to: names.record)
    if let failure = control.failure { throw failure }
    try outputs.commit(last: names.record)
    return JobResult(record: record, outputs: outputs.names.map { outputs.directory.appending(path: $0) })
  }

  /// Learns where the midline of the head lies in each shot. If the job does not mirror, it needs no midline, so the result is empty.
  private func midlineReferences(info: VideoInfo, orientation: OrientationOption) throws -> ShotReferences {
    guard kind.mirrors else { return ShotReferences() }
    let look = FirstLook(
      info: info, orientation: orientation, networks: networks.landmarker,
      decoderThreads: min(networks.budget.total, FirstLook.mostDecoderThreads), cancellation: cancellation)
    return try look.references()
  }

  private func pipeline(reader: VideoReader, references: ShotReferences, writers: [VideoWriter], rows: JobRows) -> Pipeline {
    Pipeline(
      reader: reader, tracker: FaceTracker(networks: networks.landmarker, options: FaceTrackerOptions(blendshapes: spec.landmarks)),
      smoother: MidlineSmoother(references: references), engine: kind.measures ? networks.engine : nil,
      videos: kind.mirrors ? zip(pictures(reader.info), writers).map { ($0, $1) } : [], rows: rows, groupSize: groupSize,
      budget: networks.budget, pool: pool)
  }

  /// What each video shows, in the order of `OutputNames.videos`.
  private func pictures(_ info: VideoInfo) -> [EncodingStage.Picture] {
    [.left, .right, .debug(DebugOverlay(width: info.width, height: info.height))]
  }

  /// The number of frames that are mirrored and measured together. Groups are counted from the first frame, so that a batch contains the
  /// same faces regardless of the number of threads.
  private var groupSize: Int { max(1, networks.facesPerBatch / (kind.mirrors ? 2 : 1)) }

  private var writerOptions: VideoWriterOptions {
    VideoWriterOptions(
      encoder: spec.encoder, encoderThreads: networks.budget.encoder,
      rateControl: spec.rateControl == .crf ? .rateFactor : .quantizer, audio: spec.audio == .copy ? .copy : .none,
      cancellation: cancellation)
  }

  private func makeRows(_ names: OutputNames, _ outputs: OutputSet, info: VideoInfo) throws -> JobRows {
    let context = tableContext
    let writers = try names.tables.compactMap { try $0.table.open?(context, outputs.stagedPath($0.name)) }
    let comparison = names.report.map { _ in
      SideComparison(context.measures.measures, settings: context.settings, pixelAspect: info.sampleAspectRatio.value)
    }
    return JobRows(writers, comparison: comparison)
  }

  /// Checks that the pipeline passed on every frame, and wrote it once to each video and each table. The method `describe` later checks the
  /// files themselves.
  private func verify(_ tally: FrameTally, read: Int, written: [WrittenVideo], rows: [String: Int]) throws(SplitFaceError) {
    if tally.read != read { throw SplitFaceError.countMismatch("the end of the pipeline", tally.read, read) }
    let counts = written.map { ($0.path, $0.frameCount) } + rows.map { ($0.key, $0.value) }
    for (path, count) in counts where count != read {
      throw SplitFaceError.countMismatch(URL(filePath: path).lastPathComponent, count, read)
    }
  }
}
