import ArgumentParser
import Foundation
import Results

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs a job that a file describes.",
    discussion: """
      'splitface process … --print-spec' prints such a file, and VIDEO_run.json contains the description of its job under "spec". Options \
      that the file leaves out get their defaults. Paths in the file are relative to the current folder. Videos named on the command line \
      replace those in the file, so one file can be used for many videos.
      """)

  @Option(help: ArgumentHelp("The JSON file that describes the job; - means standard input.", valueName: "file"), completion: .file())
  var spec: String

  @Argument(help: "Videos and folders to use instead of those in the file.", completion: .file())
  var inputs: [String] = []

  @Option(name: [.customShort("o"), .long], help: "The folder for the outputs, instead of the one in the file.", completion: .directory)
  var output: String?

  @Flag(help: "Replace existing outputs, even if the file does not say so.")
  var force = false

  @OptionGroup var running: RunArguments

  func run() async throws {
    let job: JobSpec
    do { job = try read() } catch {
      Terminal.failure(error)
      throw ExitCode.failure
    }
    try await JobRunner(spec: job, arguments: running).run()
  }

  private func read() throws -> JobSpec {
    let json: Data
    do { json = spec == "-" ? try FileHandle.standardInput.readToEnd() ?? Data() : try Data(contentsOf: URL(filePath: spec)) } catch {
      throw ResultsError(.invalidJobSpec, "\(spec) cannot be read: \(error.localizedDescription)")
    }
    let name = spec == "-" ? "standard input" : spec
    var job = try JobSpec(json: json, from: name)
    if !inputs.isEmpty { job.inputs = inputs.map { URL(filePath: $0) } }
    if let output { job.output = URL(filePath: output, directoryHint: .isDirectory) }
    if force { job.overwrite = true }
    guard !job.inputs.isEmpty else { throw ResultsError(.invalidJobSpec, "\(name) names no input; name a video on the command line") }
    return job
  }
}
