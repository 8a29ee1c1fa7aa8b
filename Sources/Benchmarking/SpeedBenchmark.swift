public import Foundation
import Inference
import ModelStore
public import Results
public import SplitFace

/// Measures how fast this machine runs whole jobs, their stages and every network, and compares threads with processes.
public struct SpeedBenchmark: Sendable {
  /// The description of the jobs to measure. Its kind, inputs and output folder are ignored.
  public var spec = JobSpec()
  public var configuration = SplitterConfiguration()
  /// The video to process; nil for a short clip that is generated for the benchmark.
  public var video: URL?
  /// The video to process if no face is found in the generated clip.
  public var demoClip: URL?
  /// The number of times that each job is run. The run with the median duration is reported.
  public var runs = 1
  /// The path of the `splitface` program, which is started to compare threads with processes. If it is nil, threads are not compared with
  /// processes, and networks are not measured on execution providers that jobs would not use.
  public var program: URL?
  /// The batch sizes at which networks are measured.
  public var batches = [1, 2, 4, 8, 16]

  public init() {}

  /// Runs all measurements. This takes minutes for a long video; blocking work is done on separate threads.
  /// - Parameter progress: called before each measurement with a description of it.
  /// - Throws: `SplitFaceError`.
  public func run(progress: @escaping @Sendable (String) -> Void) async throws -> BenchmarkReport {
    let folder = FileManager.default.temporaryDirectory.appending(path: "splitface-benchmark-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }

    progress("loading the networks")
    let splitter = try FaceSplitter(for: spec, on: configuration)
    var notes: [String] = []
    let (input, origin) = try await clip(in: folder, splitter, &notes)
    var records: [RunRecord] = []
    for kind in [JobKind.process, .mirror, .extract] {
      progress("\(kind.rawValue) \(input.lastPathComponent)")
      records.append(try await median(kind, input, splitter, folder))
    }
    let networks = try LoadedNetworks(spec, on: configuration)
    let measured = try await onOwnThread {
      try NetworkBenchmark(spec: spec, configuration: configuration, everyProvider: program != nil, batches: batches).run(
        progress: progress)
    }
    notes += measured.notes
    var comparison: [BenchmarkReport.ComparisonRow]?
    if let program {
      let comparing = ParallelComparison(
        program: program, video: input, spec: spec, configuration: configuration, workers: networks.budget.total)
      comparison = try await onOwnThread { try comparing.run(progress: progress) }
    }
    return report(records, origin, networks, measured.rows, comparison, notes)
  }

  /// Chooses the clip to process, and generates it if necessary.
  /// - Returns: the clip and its origin.
  private func clip(
    in folder: URL, _ splitter: FaceSplitter, _ notes: inout [String]
  ) async throws -> (URL, BenchmarkReport.Clip.Origin) {
    if let video { return (video, .given) }
    let drawn = folder.appending(path: "drawn.mp4")
    try await onOwnThread { try DrawnClip.write(to: drawn) }
    var spec = spec
    spec.kind = .extract
    spec.output = folder
    let seen = try await splitter.start(drawn, as: spec).result().record.frames
    if seen.withFace * 2 > seen.read { return (drawn, .drawn) }
    if let demoClip {
      notes.append("no face was found in the generated clip, so the demo clip was measured")
      return (demoClip, .demo)
    }
    notes.append(
      "no face was found in the generated clip, so the numbers are for frames without a face; run the benchmark on a video of a face")
    return (drawn, .drawn)
  }

  /// Runs a job `runs` times and returns the run with the median duration.
  private func median(_ kind: JobKind, _ input: URL, _ splitter: FaceSplitter, _ folder: URL) async throws -> RunRecord {
    var spec = spec
    spec.kind = kind
    spec.output = folder.appending(path: kind.rawValue, directoryHint: .isDirectory)
    spec.overwrite = true
    var records: [RunRecord] = []
    for _ in 0..<max(1, runs) { records.append(try await splitter.start(input, as: spec).result().record) }
    return records.sorted { $0.time.wall < $1.time.wall }[records.count / 2]
  }

  private func report(
    _ records: [RunRecord], _ origin: BenchmarkReport.Clip.Origin, _ networks: LoadedNetworks,
    _ rows: [BenchmarkReport.NetworkRow], _ comparison: [BenchmarkReport.ComparisonRow]?, _ notes: [String]
  ) -> BenchmarkReport {
    let whole = records[0]
    return BenchmarkReport(
      version: SplitFaceVersion.current, date: Date(),
      machine: BenchmarkReport.Machine(
        system: ProcessInfo.processInfo.operatingSystemVersionString, processor: MachineName.processor,
        cores: ProcessInfo.processInfo.activeProcessorCount, memory: Int(clamping: ProcessInfo.processInfo.physicalMemory),
        inference: networks.runtime.version, providers: networks.providers.map(\.rawValue), threads: networks.budget.total),
      clip: BenchmarkReport.Clip(
        name: URL(filePath: whole.input.path).lastPathComponent, origin: origin, width: whole.input.width, height: whole.input.height,
        frames: whole.frames.read, framesWithFace: whole.frames.withFace, duration: whole.input.duration),
      jobs: records.enumerated().map { Self.job($1, peakMemory: $0 == 0 ? $1.peakMemory : nil) }, stages: Self.stages(of: whole),
      networks: rows, comparison: comparison, notes: notes)
  }

  private static func job(_ record: RunRecord, peakMemory: Int?) -> BenchmarkReport.Job {
    let time = record.time
    return BenchmarkReport.Job(
      kind: record.job, engine: record.engine?.name, seconds: time.wall, framesPerSecond: time.framesPerSecond,
      realTimeFactor: record.input.duration.map { $0 / time.wall }, busyCores: time.processor / time.wall, peakMemory: peakMemory)
  }

  private static func stages(of record: RunRecord) -> [BenchmarkReport.StageRow] {
    let times = Stage.allCases.compactMap { stage in record.time.stages[stage.rawValue].map { (stage, $0.wall) } }
    let sum = times.reduce(0) { $0 + $1.1 }
    return times.map { stage, seconds in
      BenchmarkReport.StageRow(
        stage: stage, seconds: seconds, share: sum > 0 ? seconds / sum : 0,
        framesPerSecond: seconds > 0 ? Double(record.frames.read) / seconds : nil)
    }
  }

  /// Runs blocking work on a separate thread, because it must not block a thread of Swift's concurrency runtime.
  private func onOwnThread<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      _ = StageThread(name: "benchmark") { continuation.resume(with: Swift.Result { try body() }) }
    }
  }
}
