import ArgumentParser
import Benchmarking
import Foundation
import Results
import SplitFace

struct BenchmarkCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark",
    abstract: "Measures this machine: jobs, their stages, and networks.",
    discussion: """
      Prints tables in Markdown: whole jobs (frames per second, multiples of real time, memory), the share of each stage, and the time of \
      each network for one image. --compare adds every execution provider, and compares threads with processes.
      """)

  @Argument(help: "A video of a face. (default: a short clip that is generated)", completion: .file())
  var video: String?

  @Flag(help: "Also compare the execution providers, and threads with processes.")
  var compare = false

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "Run each job this many times and report the median.")
  var runs = 1

  @Option(help: ArgumentHelp("Run as a worker of a comparison.", visibility: .private), transform: workerPart)
  var worker: ParallelWorker.Part?

  @OptionGroup var measuring: MeasuringArguments
  @OptionGroup var machine: MachineArguments

  func validate() throws {
    guard (1...100).contains(runs) else { throw ValidationError("--runs takes a number from 1 to 100") }
    if worker != nil, video == nil { throw ValidationError("a worker needs a video") }
  }

  func run() async throws {
    do {
      if let worker, let video {
        return try ParallelWorker(video: URL(filePath: video), part: worker, spec: spec, configuration: machine.configuration)
          .run(send: Terminal.result, receive: { readLine() })
      }
      let report = try await benchmark.run { Terminal.message("splitface: \($0)") }
      FileHandle.standardOutput.write(json ? try report.encoded() : Data(report.text.utf8))
    } catch {
      Terminal.failure(error)
      throw ExitCode.failure
    }
  }

  private var benchmark: SpeedBenchmark {
    var benchmark = SpeedBenchmark()
    benchmark.spec = spec
    benchmark.configuration = machine.configuration
    benchmark.video = video.map { URL(filePath: $0) }
    benchmark.demoClip = Self.demoClip
    benchmark.runs = runs
    if compare { benchmark.program = Bundle.main.executableURL }
    return benchmark
  }

  private var spec: JobSpec {
    var spec = JobSpec()
    spec.engine = measuring.engine
    spec.extraColumns = Set(measuring.columns)
    spec.models = measuring.modelFiles
    return spec
  }

  /// The demo clip that set-up has installed, if the program is in the project's folder.
  private static var demoClip: URL? {
    var folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent() ?? URL(filePath: "/")
    while folder.path != "/" {
      let clip = folder.appending(path: ".splitface/demo/carphone.mp4")
      if FileManager.default.fileExists(atPath: clip.path) { return clip }
      folder.deleteLastPathComponent()
    }
    return nil
  }
}

private func workerPart(_ text: String) throws -> ParallelWorker.Part {
  guard let part = ParallelWorker.Part(text) else { throw ValidationError("'\(text)' is not INDEX/COUNT/THREADS") }
  return part
}
