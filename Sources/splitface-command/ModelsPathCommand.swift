import ArgumentParser
import ModelStore

struct ModelsPathCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path", abstract: "Prints where a network's ONNX file lies; converts it first where need be.")

  @Argument(help: "The network.")
  var network: NetworkName

  func run() throws {
    do { Terminal.result(try ModelStore().onnx(for: network).path) } catch {
      Terminal.message("splitface: \(error)")
      throw ExitCode.failure
    }
  }
}
