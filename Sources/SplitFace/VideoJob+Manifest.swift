import ActionUnits
import Foundation
import Inference
import ModelStore
import OutputFiles
import VideoIO

/// What a job knows at its end.
struct JobSummary {
  let file: InputFile
  let info: VideoInfo
  let orientation: OrientationDecision
  let tally: FrameTally
  let reader: VideoReader
  let writers: [VideoWriter]
  /// Frames in each video and rows in each table of frames.
  let written: Int
  let outputs: OutputSet
}

extension VideoJob {
  /// Everything but the outputs, which may show it.
  func manifest(_ summary: JobSummary) -> RunManifest {
    let wall = StageClock.now(CLOCK_MONOTONIC) - started
    let tally = summary.tally
    let engine = kind.measures ? networks.engine : nil
    return RunManifest(
      version: SplitFaceVersion.current, job: kind, finished: Date(), input: input(summary), options: optionsUsed(summary),
      frames: RunManifest.Frames(
        read: tally.read, damagedPackets: summary.reader.damagedPacketCount, withFace: tally.withFace, held: tally.held,
        withoutFace: tally.withoutFace, written: summary.written),
      engine: engine.map { engine in
        RunManifest.Engine(
          name: engine.name,
          columns: Dictionary(uniqueKeysWithValues: engine.columnOrigins.map { ($0.key.columnName, $0.value) }))
      },
      networks: networks.manifest,
      inference: RunManifest.InferenceLibrary(version: networks.runtime.version, path: networks.runtime.libraryPath),
      encoder: summary.writers.first?.encoderName,
      outputs: [],
      time: RunManifest.Time(
        wall: wall, processor: ProcessUsage.processorTime - processorAtStart, framesPerSecond: Double(tally.read) / wall,
        stages: Dictionary(uniqueKeysWithValues: clock.snapshot.map { ($0.key.rawValue, $0.value) })),
      peakMemory: ProcessUsage.peakMemory, warnings: warnings(summary))
  }

  /// Reads every file as it lies on the disk, and counts again what is in it.
  /// - Parameters:
  ///   - read: frames that the reader gave.
  ///   - rows: of each table with a row a frame, by its staged path.
  /// - Throws: `countMismatch`; `CancellationError` or the job's failure where it was stopped meanwhile.
  func describe(_ names: OutputNames, _ outputs: OutputSet, read: Int, rows: [String: Int]) throws -> [RunManifest.Output] {
    let present = (names.videos + names.tables + names.pages).filter(outputs.names.contains)
    let paths = present.map(outputs.stagedPath)
    return try zip(present, zip(paths, writtenFiles(paths))).map { name, written in
      let (path, file) = written
      let hasOneEach = names.videos.contains(name) || rows[path] != nil
      try file.require(hasOneEach ? read : nil, in: name)
      return RunManifest.Output(
        file: name, bytes: file.bytes, sha256: file.sha256, frames: file.frames, rows: hasOneEach ? file.rows : nil)
    }
  }

  /// Reads files side by side.
  private func writtenFiles(_ paths: [String]) throws -> [WrittenFile] {
    let readings = paths.map { path in
      { @Sendable [control, cancellation, permits = networks.budget.permits] in
        try permits.with { () throws -> WrittenFile in
          // Reading all of a long video again takes a while, in which the user may want to stop.
          try WrittenFile(path, checkStop: { if let failure = control.failure { throw failure } }, cancellation: cancellation)
        }
      }
    }
    return try StageThread.sideBySide("check", readings).map { try $0.get() }
  }

  private func input(_ summary: JobSummary) -> RunManifest.Input {
    let info = summary.info
    return RunManifest.Input(
      path: summary.file.path, bytes: summary.file.bytes, modified: summary.file.modified, container: info.container,
      codec: info.codecName, pixelFormat: info.pixelFormatName, codedWidth: info.codedWidth, codedHeight: info.codedHeight,
      width: info.width, height: info.height, frameRate: info.frameRate.value, duration: info.duration,
      timestampOffset: info.timestampOrigin, orientation: summary.orientation.reason)
  }

  private func optionsUsed(_ summary: JobSummary) -> RunManifest.Options {
    let usesRateControl = summary.writers.first?.encoderName == RunManifest.Options.rateControlledEncoder
    return RunManifest.Options(
      engine: networks.configuration.engine, orientation: options.orientation, audio: options.audio, encoder: options.encoder,
      rateControl: usesRateControl ? options.rateControl : nil, landmarks: options.landmarks, threads: networks.budget.total,
      providers: networks.providers.map(\.rawValue),
      extraColumns: networks.configuration.extraColumns.map(\.rawValue).sorted(), embed: options.embed)
  }

  private func warnings(_ summary: JobSummary) -> [String] {
    var warnings = summary.reader.warnings + summary.outputs.notes
    if let note = summary.writers.first?.audioNote { warnings.append(note) }
    warnings += networks.providerNotes
    if summary.tally.withFace == 0 {
      warnings.append("no face was found on any frame" + (kind.mirrors ? "; the mirrored videos show the source as it is" : ""))
    }
    return warnings
  }
}
