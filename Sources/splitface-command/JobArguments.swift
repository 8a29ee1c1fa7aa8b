import ActionUnits
public import ArgumentParser
import Foundation
import Inference
public import ModelStore
public import Results
import SplitFace

struct InputArguments: ParsableArguments {
  @Argument(
    help: "Videos or still images of a face, or folders of videos. In a folder, videos that an earlier run has finished are skipped.",
    completion: .file())
  var inputs: [String]

  @Option(
    name: [.customShort("o"), .long],
    help: "The folder for the outputs, which is created if necessary. (default: the folder of each input)",
    completion: .directory)
  var output: String?

  @Flag(help: "Also search the subfolders of folders. The outputs go into subfolders of the same names.")
  var recursive = false

  @Flag(help: "Replace existing outputs.")
  var force = false

  @Flag(help: "Only print the job description as JSON, for 'splitface run --spec'.")
  var printSpec = false
}

struct EncodingArguments: ParsableArguments {
  @Option(help: "FFmpeg's name of the video encoder. (default: the first one that works)")
  var encoder: String?

  @Option(
    help: ArgumentHelp(
      "What libx264 keeps constant: quantizer (a moving face gets the same quality as a resting one) or crf (x264's rate factor; less "
        + "quality for moving parts, more for resting ones)."))
  var rateControl = RateControlChoice.quantizer

  @Option(help: "What to do with the audio: copy, or none to leave it out.")
  var audio = AudioChoice.copy
}

struct LandmarkArguments: ParsableArguments {
  @Flag(help: "Also write VIDEO_landmarks.csv, with 478 points and 52 blendshapes for each frame.")
  var landmarks = false
}

struct ReportArguments: ParsableArguments {
  @Flag(inversion: .prefixedNo, help: "Compare the two sides, and write a report for the browser, a chart, and tables.")
  var report = true

  @Flag(
    help: "Embed the videos in the report instead of linking them. The report is then one file, larger by 4/3 of the videos' size.")
  var embed = false

  func validate() throws {
    if embed, !report { throw ValidationError("--embed cannot be combined with --no-report, because it puts the videos into the report") }
  }
}

struct MeasuringArguments: ParsableArguments {
  @Option(
    help: "The engine that measures Action Units. 'auto' means openface3 if OpenFace 3.0's networks are installed, otherwise mediapipe.")
  var engine = EngineChoice.auto

  @Option(
    help: ArgumentHelp(
      "The landmarks that openface3 and hybrid measure blinks (AU45) on: star (OpenFace 3.0's own; slow on a CPU), mesh (those of the "
        + "face mesh), or auto, which means star if it runs on Core ML or CUDA or is given with --model, otherwise mesh."))
  var blink = BlinkChoice.auto

  @Option(
    help: ArgumentHelp(
      "Additional columns, separated by commas: emotion, gaze. They are nan if the engine does not provide them.", valueName: "names"),
    transform: { try commaSeparated($0, of: ExtraColumn.self) })
  var columns: [ExtraColumn] = []

  @Option(
    name: .customLong("model"), parsing: .singleValue,
    help: ArgumentHelp("Your own ONNX file for a network: multitask=FILE.onnx, retinaface=… or star=…", valueName: "network=file"),
    transform: modelOverride)
  var models: [ModelOverride] = []
}

struct OrientationArguments: ParsableArguments {
  @Option(help: "How to turn the video upright: auto, metadata (as the file says), or degrees clockwise.")
  var orientation = OrientationChoice.auto
}

/// The options for the threads and the execution providers that the networks run on.
struct MachineArguments: ParsableArguments {
  @Option(help: "The number of threads that compute at the same time. (default: the number of cores)", transform: threadCount)
  var threads: Int?

  @Option(
    help: ArgumentHelp("Execution providers in order of preference, separated by commas: coreml, cuda, openvino, cpu.", valueName: "names"),
    transform: providerList)
  var providers: [ExecutionProvider]?

  var configuration: SplitterConfiguration {
    var configuration = SplitterConfiguration()
    configuration.threads = threads
    configuration.providers = providers
    return configuration
  }
}

/// The options that select what a job runs on and how its progress is shown.
struct RunArguments: ParsableArguments {
  @OptionGroup var machine: MachineArguments

  @Option(
    help: "The number of videos to process at the same time. They share the threads, but each needs memory of its own.",
    transform: jobCount)
  var jobs = 1

  @Option(help: "How to show progress on standard error: auto, bar, json (one object per line) or none.")
  var progress = ProgressStyle.auto

  @Flag(name: .shortAndLong, help: "Show only errors.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Show each step.")
  var verbose = false

  var verbosity: Verbosity { quiet ? .quiet : verbose ? .verbose : .normal }

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose cannot be combined") }
  }
}

extension AudioChoice: ExpressibleByArgument {}
extension BlinkChoice: ExpressibleByArgument {}
extension EngineChoice: ExpressibleByArgument {}
extension NetworkName: ExpressibleByArgument {}
extension OrientationChoice: ExpressibleByArgument {}
extension RateControlChoice: ExpressibleByArgument {}

struct ModelOverride: Sendable {
  let network: NetworkName
  let file: URL
}

private func commaSeparated<Value: RawRepresentable & CaseIterable>(_ text: String, of type: Value.Type) throws -> [Value]
where Value.RawValue == String {
  try text.split(separator: ",").map { name in
    guard let value = Value(rawValue: String(name)) else {
      throw ValidationError("'\(name)' is not one of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return value
  }
}

private func providerList(_ text: String) throws -> [ExecutionProvider] {
  let chosen = try text.split(separator: ",").map { name in
    guard let provider = ExecutionProvider.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else {
      throw ValidationError("'\(name)' is not one of coreml, cuda, openvino, cpu")
    }
    return provider
  }
  guard !chosen.isEmpty else { throw ValidationError("name at least one of coreml, cuda, openvino, cpu") }
  return chosen
}

private func threadCount(_ text: String) throws -> Int {
  guard let number = Int(text), (1...1024).contains(number) else { throw ValidationError("'\(text)' is not a number from 1 to 1024") }
  return number
}

private func jobCount(_ text: String) throws -> Int {
  guard let number = Int(text), (1...64).contains(number) else { throw ValidationError("'\(text)' is not a number from 1 to 64") }
  return number
}

func modelOverride(_ text: String) throws -> ModelOverride {
  let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
  guard parts.count == 2, let network = NetworkName(rawValue: parts[0]), !parts[1].isEmpty else {
    throw ValidationError(
      "'\(text)' is not NETWORK=FILE, where NETWORK is one of \(NetworkName.allCases.map(\.rawValue).joined(separator: ", "))")
  }
  return ModelOverride(network: network, file: URL(filePath: parts[1]))
}
