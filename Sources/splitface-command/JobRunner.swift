import ArgumentParser
import Foundation
import SplitFace

/// Runs one kind of job over all inputs, one after the other; goes on after a failure and says so with the exit code.
struct JobRunner {
  let kind: JobKind
  let inputs: InputArguments
  let video: VideoArguments?
  let measuring: MeasuringArguments?
  var report: ReportArguments?
  let common: CommonArguments

  func run() async throws {
    let interruption = Interruption()
    let splitter: FaceSplitter
    do { splitter = try FaceSplitter(configuration, for: kind) } catch {
      Terminal.message("splitface: \(error)")
      throw ExitCode.failure
    }
    for note in splitter.notes { Terminal.message("splitface: \(note)") }
    var failures = 0
    for input in inputs.inputs {
      do { try await run(input, splitter, interruption) } catch is CancellationError {
        Terminal.message("splitface: interrupted; nothing was left behind for \(input)")
        throw ExitCode(130)
      } catch {
        failures += 1
        Terminal.message("splitface: \(error)")
      }
    }
    if failures > 0 {
      if inputs.inputs.count > 1 { Terminal.message("splitface: \(failures) of \(inputs.inputs.count) inputs failed") }
      throw ExitCode.failure
    }
  }

  private func run(_ input: String, _ splitter: FaceSplitter, _ interruption: Interruption) async throws {
    let job = splitter.start(kind, input: URL(filePath: input), options: options)
    interruption.watch { job.cancel() }
    defer { interruption.watch(nil) }
    var display = ProgressDisplay(style: common.progress, name: input)
    for await progress in job.progress { display.show(progress) }
    display.end()
    let result = try await job.result()
    for warning in result.manifest.warnings { Terminal.message("splitface: \(input): \(warning)") }
    Terminal.message("splitface: \(result.summary)")
    for output in result.outputs { Terminal.result(output.path(percentEncoded: false)) }
  }

  private var configuration: SplitterConfiguration {
    var configuration = SplitterConfiguration()
    configuration.threads = common.threads
    configuration.providers = common.providers
    if let measuring {
      configuration.engine = measuring.engine
      configuration.blink = measuring.blink
      configuration.extraColumns = Set(measuring.columns)
      for model in measuring.models { configuration.modelOverrides[model.network] = model.file }
    }
    return configuration
  }

  private var options: JobOptions {
    var options = JobOptions()
    options.outputDirectory = inputs.output.map { URL(filePath: $0, directoryHint: .isDirectory) }
    options.overwrite = inputs.force
    options.orientation = common.orientation
    if let video {
      options.landmarks = video.landmarks
      options.audio = video.audio
      options.encoder = video.encoder
    }
    if let report { options.report = report.report }
    return options
  }
}
