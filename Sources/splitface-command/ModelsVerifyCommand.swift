import ArgumentParser
import Foundation
import ModelStore

struct ModelsVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Computes the checksum of every installed file.",
    discussion: "The exit code is 1 if a file is not the published one, or if nothing is installed.")

  func run() throws {
    let found = ModelStore().verify()
    if found.isEmpty {
      Terminal.message("splitface: no package is installed; `splitface models list` shows what can be")
      throw ExitCode.failure
    }
    for model in found {
      let place = "\(model.package.name)/\(model.file.name), \(model.location.path(percentEncoded: false))"
      switch model.state {
      case .intact: Terminal.result("intact      \(place)")
      case .changed(let sha256):
        Terminal.result("changed     \(place): SHA-256 \(sha256), published is \(model.file.sha256)")
      case .unreadable(let reason): Terminal.result("unreadable  \(place): \(reason)")
      }
    }
    if found.contains(where: { $0.state != .intact }) { throw ExitCode.failure }
  }
}
