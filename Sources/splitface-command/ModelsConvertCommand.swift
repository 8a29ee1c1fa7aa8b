import ArgumentParser
import Foundation
import ModelStore

struct ModelsConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Converts a PyTorch checkpoint of your own to ONNX, for --model.",
    discussion: """
      Nothing in the checkpoint is executed; what is not a state dictionary of the named network is refused. Prints the ONNX file's path.
      """)

  @Argument(help: "The checkpoint (.pth, .pt, .pkl).", completion: .file())
  var file: String

  @Option(
    name: .customLong("as"), help: "The network: \(CheckpointFile.networks.map(\.rawValue).joined(separator: ", ")).",
    transform: Self.checkpointNetwork)
  var network: NetworkName

  @Option(name: .shortAndLong, help: "The ONNX file to write. (default: FILE's name with .onnx, beside it)", completion: .file())
  var output: String?

  @Flag(help: "Convert only the multitask network's branch for Action Units: smaller and faster, without emotion and gaze.")
  var actionUnitsOnly = false

  @Flag(help: "Replace a file that exists.")
  var force = false

  func run() throws {
    let source = URL(filePath: file)
    let target = output.map { URL(filePath: $0) } ?? source.deletingPathExtension().appendingPathExtension("onnx")
    do {
      try CheckpointFile.convert(source, as: network, to: target, actionUnitsOnly: actionUnitsOnly, overwrite: force)
      Terminal.result(target.path(percentEncoded: false))
    } catch {
      Terminal.failure(error)
      throw ExitCode.failure
    }
  }

  private static func checkpointNetwork(_ text: String) throws -> NetworkName {
    guard let network = CheckpointFile.networks.first(where: { $0.rawValue == text }) else {
      throw ValidationError("'\(text)' is none of \(CheckpointFile.networks.map(\.rawValue).joined(separator: ", "))")
    }
    return network
  }
}
