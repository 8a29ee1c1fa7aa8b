import ArgumentParser
import Foundation
import Results
import SplitFace

struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract: "Checks whether this machine has everything that SplitFace needs.",
    discussion: "Shows what is present, what is missing, and how to install it. The exit code is 0 if 'splitface process' can run, else 1.")

  @Option(
    name: .customLong("model"), parsing: .singleValue,
    help: ArgumentHelp("Your own ONNX file for a network: multitask=FILE.onnx, retinaface=… or star=…", valueName: "network=file"),
    transform: modelOverride)
  var models: [ModelOverride] = []

  @OptionGroup var machine: MachineArguments

  func run() throws {
    var spec = JobSpec()
    for model in models { spec.models[model.network] = model.file }
    let diagnosis = Diagnosis(for: spec, on: machine.configuration)
    for section in diagnosis.sections {
      Terminal.result(section.title)
      for line in section.lines { Terminal.result("  \(mark(line.state)) \(line.text)") }
    }
    Terminal.result("")
    Terminal.result(diagnosis.canProcess ? "splitface process can run." : "splitface process cannot run yet.")
    if !diagnosis.remedies.isEmpty {
      Terminal.result(diagnosis.canProcess ? "To install what is absent:" : "To install what is missing:")
      for remedy in diagnosis.remedies { Terminal.result("  \(sentence(remedy))") }
    }
    if !diagnosis.canProcess { throw ExitCode.failure }
  }

  private func sentence(_ remedy: Diagnosis.Remedy) -> String {
    switch remedy {
    case .installEncoder:
      "install an FFmpeg with libx264 (Debian: apt-get install libavcodec-extra; macOS: brew install ffmpeg)"
    case .installInferenceLibrary:
      "run make setup in SplitFace's folder, or set SPLITFACE_ONNXRUNTIME to the path of ONNX Runtime's library"
    case .install(let package): ProgramName.installation(of: package)
    case .reinstall(let package, let file): "rm '\(file.path)' && \(ProgramName.installation(of: package))"
    case .chooseCacheFolder: "set SPLITFACE_CACHE to a folder that can be written to"
    }
  }

  private func mark(_ state: Diagnosis.State) -> String {
    switch state {
    case .good: "ok     "
    case .absent: "no     "
    case .missing: "MISSING"
    case .note: "       "
    }
  }
}
