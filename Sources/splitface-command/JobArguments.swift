import ActionUnits
public import ArgumentParser
import Foundation
import Inference
public import ModelStore
public import Results
import SplitFace

struct InputArguments: ParsableArguments {
  @Argument(
    help: "Videos (or still images) of a face, and folders of videos. In a folder, videos that are finished already are skipped.",
    completion: .file())
  var inputs: [String]

  @Option(
    name: [.customShort("o"), .long], help: "The folder for the outputs; created if necessary. (default: beside each input)",
    completion: .directory)
  var output: String?

  @Flag(help: "Also look into the subfolders of folders; their outputs go into subfolders of the same names.")
  var recursive = false

  @Flag(help: "Replace outputs that exist.")
  var force = false

  @Flag(help: "Print the job as JSON for 'splitface run --spec' and do nothing.")
  var printSpec = false
}

struct EncodingArguments: ParsableArguments {
  @Option(help: "The video encoder's FFmpeg name. (default: the first that opens)")
  var encoder: String?

  @Option(
    help: ArgumentHelp(
      "What libx264 keeps constant: the quantizer, so that a moving face is coded as finely as a resting one, or crf, x264's rate factor, "
        + "which spends less on movement and more on stillness."))
  var rateControl = RateControlChoice.quantizer

  @Option(help: "What to do with the audio: copy it or leave it out.")
  var audio = AudioChoice.copy
}

struct LandmarkArguments: ParsableArguments {
  @Flag(help: "Also write VIDEO_landmarks.csv: 478 points and 52 blendshapes per frame.")
  var landmarks = false
}

struct ReportArguments: ParsableArguments {
  @Flag(inversion: .prefixedNo, help: "Compare the two sides: write a report to open in a browser, its chart, and tables.")
  var report = true

  @Flag(
    help: "Embed the videos in the report instead of linking them: one self-contained file, larger by four thirds of their size.")
  var embed = false

  func validate() throws {
    if embed, !report { throw ValidationError("--embed puts videos into the report, which --no-report leaves out") }
  }
}

struct MeasuringArguments: ParsableArguments {
  @Option(help: "The networks that measure; 'auto' means OpenFace 3.0's if they are installed, otherwise MediaPipe's.")
  var engine = EngineChoice.auto

  @Option(
    help: ArgumentHelp(
      "What OpenFace 3.0's engine measures blinks (AU45) on: star (its own landmarks; slow on a CPU), mesh (the face "
        + "mesh's eyes), or auto: star if it runs on Core ML or CUDA or is named by --model, otherwise mesh."))
  var blink = BlinkChoice.auto

  @Option(
    help: ArgumentHelp("Additional columns, if the engine provides them: emotion, gaze.", valueName: "names"),
    transform: { try commaSeparated($0, of: ExtraColumn.self) })
  var columns: [ExtraColumn] = []

  @Option(
    name: .customLong("model"), parsing: .singleValue,
    help: ArgumentHelp("A converted network of your own: multitask=FILE.onnx, retinaface=… or star=…", valueName: "network=file"),
    transform: modelOverride)
  var models: [ModelOverride] = []
}

struct OrientationArguments: ParsableArguments {
  @Option(help: "How to turn the video upright: auto, metadata, or degrees clockwise.")
  var orientation = OrientationChoice.auto
}

/// The options for what the networks run on.
struct MachineArguments: ParsableArguments {
  @Option(help: "The number of threads that compute at once. (default: the machine's cores)", transform: threadCount)
  var threads: Int?

  @Option(
    help: ArgumentHelp("Execution providers in order of preference: coreml, cuda, openvino, cpu.", valueName: "names"),
    transform: providerList)
  var providers: [ExecutionProvider]?

  var configuration: SplitterConfiguration {
    var configuration = SplitterConfiguration()
    configuration.threads = threads
    configuration.providers = providers
    return configuration
  }
}

/// The options for what a job runs on, and for how its progress is shown.
struct RunArguments: ParsableArguments {
  @OptionGroup var machine: MachineArguments

  @Option(help: "The number of videos to process at the same time; they share the threads and need more memory.", transform: jobCount)
  var jobs = 1

  @Option(help: "How to show progress on standard error: auto, bar, json (one object per line) or none.")
  var progress = ProgressStyle.auto

  @Flag(name: .shortAndLong, help: "Report only failures.")
  var quiet = false

  @Flag(name: .shortAndLong, help: "Report each step.")
  var verbose = false

  var verbosity: Verbosity { quiet ? .quiet : verbose ? .verbose : .normal }

  func validate() throws {
    if quiet, verbose { throw ValidationError("--quiet and --verbose exclude each other") }
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
      throw ValidationError("'\(name)' is none of \(Value.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return value
  }
}

private func providerList(_ text: String) throws -> [ExecutionProvider] {
  let chosen = try text.split(separator: ",").map { name in
    guard let provider = ExecutionProvider.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else {
      throw ValidationError("'\(name)' is none of coreml, cuda, openvino, cpu")
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
    throw ValidationError("'\(text)' is not NETWORK=FILE with one of \(NetworkName.allCases.map(\.rawValue).joined(separator: ", "))")
  }
  return ModelOverride(network: network, file: URL(filePath: parts[1]))
}
