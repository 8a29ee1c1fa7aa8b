import ActionUnits
import Foundation
import Inference
import Measures
import ModelStore
import OutputFiles
import Results
import VideoIO

/// The facts about a finished job that its record is made from.
struct JobSummary {
  let file: InputFile
  let info: VideoInfo
  let orientation: OrientationDecision
  let tally: FrameTally
  let reader: VideoReader
  let writers: [VideoWriter]
  /// The number of frames in each output video, which is also the number of rows in each table with one row per frame.
  let written: Int
  let outputs: OutputSet
}

extension VideoJob {
  /// Returns the record without its list of outputs, because some outputs, such as the report, are made from the record.
  func record(_ summary: JobSummary) -> RunRecord {
    let wall = StageClock.now(CLOCK_MONOTONIC) - started
    let tally = summary.tally
    let engine = spec.kind.measures ? networks.engine : nil
    return RunRecord(
      version: SplitFaceVersion.current,
      spec: spec.narrowed(to: URL(filePath: summary.file.path), output: spec.output?.absoluteURL.standardizedFileURL), finished: Date(),
      input: input(summary), resources: RunRecord.Resources(threads: networks.budget.total, providers: networks.providers.map(\.rawValue)),
      frames: RunRecord.Frames(
        read: tally.read, damagedPackets: summary.reader.damagedPacketCount, withFace: tally.withFace, held: tally.held,
        withoutFace: tally.withoutFace, written: summary.written),
      engine: engine.map { engine in
        RunRecord.Engine(
          name: engine.measures.provider,
          columns: Dictionary(
            uniqueKeysWithValues: engine.measures.measures.compactMap { measure in measure.origin.map { (measure.name, $0) } }))
      },
      networks: networks.record,
      inference: RunRecord.InferenceLibrary(version: networks.runtime.version, path: networks.runtime.libraryPath),
      encoder: summary.writers.first?.encoderName,
      outputs: [],
      time: RunRecord.Time(
        wall: wall, processor: ProcessUsage.processorTime - processorAtStart, framesPerSecond: Double(tally.read) / wall,
        stages: Dictionary(uniqueKeysWithValues: clock.snapshot.map { ($0.key.rawValue, $0.value) })),
      peakMemory: ProcessUsage.peakMemory, warnings: warnings(summary))
  }

  /// Reads every output back from the disk, and counts its frames or rows.
  /// - Parameters:
  ///   - read: the number of frames that the reader returned.
  ///   - rows: the number of rows of each table with one row per frame, by the table's temporary path.
  /// - Throws: `countMismatch` if an output does not have `read` frames or rows; the job's error if the job was stopped meanwhile.
  func describe(_ names: OutputNames, _ outputs: OutputSet, read: Int, rows: [String: Int]) throws -> [RunRecord.Output] {
    let present = (names.videos + names.tables.map(\.name) + names.pages).filter(outputs.names.contains)
    let paths = present.map(outputs.stagedPath)
    return try zip(present, zip(paths, writtenFiles(paths))).map { name, written in
      let (path, file) = written
      let hasOneEach = names.videos.contains(name) || rows[path] != nil
      try file.require(hasOneEach ? read : nil, in: name)
      return RunRecord.Output(
        file: name, bytes: file.bytes, sha256: file.sha256, frames: file.frames, rows: hasOneEach ? file.rows : nil)
    }
  }

  /// Reads files back from the disk in parallel.
  private func writtenFiles(_ paths: [String]) throws -> [WrittenFile] {
    let readings = paths.map { path in
      { @Sendable [control, cancellation, permits = networks.budget.permits] in
        try permits.with { () throws -> WrittenFile in
          // Reading a long video back takes a while, so the user must be able to stop it.
          try WrittenFile(path, checkStop: { if let failure = control.failure { throw failure } }, cancellation: cancellation)
        }
      }
    }
    return try StageThread.sideBySide("check", readings).map { try $0.get() }
  }

  private func input(_ summary: JobSummary) -> RunRecord.Input {
    let info = summary.info
    return RunRecord.Input(
      path: summary.file.path, bytes: summary.file.bytes, modified: summary.file.modified, container: info.container,
      codec: info.codecName, pixelFormat: info.pixelFormatName, codedWidth: info.codedWidth, codedHeight: info.codedHeight,
      width: info.width, height: info.height, frameRate: info.frameRate.value, duration: info.duration,
      timestampOffset: info.timestampOrigin, orientation: summary.orientation.reason)
  }

  private func warnings(_ summary: JobSummary) -> [String] {
    var warnings = summary.reader.warnings + summary.outputs.notes
    if let note = summary.writers.first?.audioNote { warnings.append(note) }
    warnings += networks.providerNotes
    if summary.tally.withFace == 0 {
      warnings.append("no face was found in any frame" + (spec.kind.mirrors ? "; the mirrored videos show the source unmirrored" : ""))
    }
    return warnings
  }
}
