import ArgumentParser
import Foundation
import ModelStore

struct ModelsConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Converts a PyTorch checkpoint of your own to an ONNX file, which can then be used with --model.",
    discussion: """
      No code in the checkpoint is executed. The file must be a state dictionary of the network named with --as; anything else is refused. \
      The path of the ONNX file is printed.
      """)

  @Argument(help: "The checkpoint (.pth, .pt, .pkl).", completion: .file())
  var file: String

  @Option(
    name: .customLong("as"),
    help: "The network that the checkpoint belongs to: \(CheckpointFile.networks.map(\.rawValue).joined(separator: ", ")).",
    transform: Self.checkpointNetwork)
  var network: NetworkName

  @Option(name: .shortAndLong, help: "The ONNX file to write. (default: the path of the checkpoint, ending in .onnx)", completion: .file())
  var output: String?

  @Flag(help: "Leave out emotion and gaze from the multitask network, which makes it smaller and faster.")
  var actionUnitsOnly = false

  @Flag(help: "Replace an existing file.")
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
      throw ValidationError("'\(text)' is not one of \(CheckpointFile.networks.map(\.rawValue).joined(separator: ", "))")
    }
    return network
  }
}
