import ArgumentParser
import Foundation
import ModelStore

struct ModelsPathCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Prints the path of a network's ONNX file. Converts the network first if necessary.",
    discussion: "If no network is named, it prints the folder that networks are installed into.")

  @Argument(help: "The network.")
  var network: NetworkName?

  func run() throws {
    guard let network else { return Terminal.result(ModelStore().directory.path) }
    do { Terminal.result(try ModelStore().onnx(for: network).path) } catch {
      Terminal.failure(error)
      throw ExitCode.failure
    }
  }
}
