import ArgumentParser
import Foundation
import Logging
import ModelStore
import SplitFace

/// Runs one kind of job over all inputs; goes on after a failure, ends the program and says so with the exit code.
struct JobRunner {
  let kind: JobKind
  let inputs: InputArguments
  let encoding: EncodingArguments
  let landmarks: LandmarkArguments
  let measuring: MeasuringArguments
  let report: ReportArguments
  let common: CommonArguments

  func run() async throws {
    let interruption = Interruption()
    var display = BatchDisplay(style: common.progress, verbosity: common.verbosity)
    // No other part of the program sets it up, and this runs once.
    LoggingSystem.bootstrap { [common] label in
      TerminalLog(label: label, level: common.verbosity.logLevel, isJSON: common.progress == .json)
    }
    let plan = BatchPlan(
      inputs: inputs.inputs.map { URL(filePath: $0) }, outputDirectory: options.outputDirectory, recursive: inputs.recursive)
    let splitter: FaceSplitter
    do { splitter = try FaceSplitter(configuration, for: kind) } catch {
      display.failure("\(error)")
      throw ExitCode.failure
    }
    let batch = interruption.watch {
      FaceBatch(splitter, kind, plan: plan, options: options, jobs: common.jobs)
    } stop: {
      $0.cancel()
    }
    display.begin(plan, notes: idleOptions + splitter.notes)
    var index = BatchIndex(plan)
    var outcomes: [BatchOutcome] = []
    for await event in batch.events {
      display.show(event)
      guard case .ended(let outcome) = event else { continue }
      outcomes.append(outcome)
      index.add(outcome)
      // For the case that the run is killed; what is wrong with it is told at the end.
      if case .done = outcome.state { _ = try? index.write() }
    }
    interruption.unwatch()
    var failed = false
    do {
      for file in try index.write() { Terminal.result(file.path(percentEncoded: false)) }
    } catch {
      display.failure("\(error)")
      failed = true
    }
    display.end(outcomes)
    let hasFailed = failed || outcomes.contains(where: \.isFailure)
    leave(interruption.happened ? Interruption.exitCode : hasFailed ? ExitCode.failure.rawValue : ExitCode.success.rawValue)
  }

  /// Ends the program with the networks still in memory. All jobs have ended by now, their staging folders and locks are gone, and all
  /// outputs stand under their names; taking OpenVINO down piece by piece would only take a further tenth of a second.
  private func leave(_ code: Int32) -> Never {
    fflush(nil)
    _exit(code)
  }

  private var configuration: SplitterConfiguration {
    var configuration = SplitterConfiguration()
    configuration.threads = common.threads
    configuration.providers = common.providers
    // What has no effect must not stand in the manifest.
    if kind != .mirror {
      configuration.engine = measuring.engine
      configuration.blink = measuring.blink
      configuration.extraColumns = Set(measuring.columns)
    }
    for model in measuring.models { configuration.modelOverrides[model.network] = model.file }
    return configuration
  }

  private var options: JobOptions {
    var options = JobOptions()
    options.outputDirectory = inputs.output.map { URL(filePath: $0, directoryHint: .isDirectory) }
    options.overwrite = inputs.force
    options.orientation = common.orientation
    options.landmarks = landmarks.landmarks
    if kind != .extract {
      options.audio = encoding.audio
      options.encoder = encoding.encoder
      options.rateControl = encoding.rateControl
    }
    if kind == .process {
      options.report = report.report
      options.embed = report.embed
    }
    return options
  }

  private static let measuringNetworks: Set<NetworkName> = [.retinaface, .multitask, .star]

  /// A line for each option that was given and does nothing in a job of this kind.
  private var idleOptions: [String] {
    func idle(_ reason: String, _ options: [(isGiven: Bool, name: String)]) -> [String] {
      options.filter(\.isGiven).map { "\(kind.rawValue) \(reason); \($0.name) has no effect" }
    }
    let compares = [(!report.report, "--no-report"), (report.embed, "--embed")]
    switch kind {
    case .process: return []
    case .mirror:
      return idle(
        "measures nothing",
        [
          (measuring.engine != .auto, "--engine"), (measuring.blink != .auto, "--blink"), (!measuring.columns.isEmpty, "--columns"),
          (measuring.models.contains { Self.measuringNetworks.contains($0.network) }, "--model"),
        ] + compares)
    case .extract:
      return idle(
        "writes no videos",
        [
          (encoding.encoder != nil, "--encoder"), (encoding.rateControl != .quantizer, "--rate-control"),
          (encoding.audio != .copy, "--audio"),
        ])
        + idle("does not compare sides", compares)
    }
  }
}

extension BatchOutcome {
  var isFailure: Bool { if case .failed = state { true } else { false } }
}
