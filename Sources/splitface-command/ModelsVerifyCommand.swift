import ArgumentParser
import Foundation
import ModelStore

struct ModelsVerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Checks that every installed file is the published one.",
    discussion: "Compares SHA-256 checksums. The exit code is 1 if a file differs, or if nothing is installed.")

  func run() throws {
    let found = ModelStore().verify()
    if found.isEmpty {
      Terminal.message("splitface: no package is installed; `splitface models list` shows which packages can be installed")
      throw ExitCode.failure
    }
    for model in found {
      let place = "\(model.package.name)/\(model.file.name), \(model.location.path(percentEncoded: false))"
      switch model.state {
      case .intact: Terminal.result("intact      \(place)")
      case .changed(let sha256):
        Terminal.result("changed     \(place): SHA-256 is \(sha256), but the published file has \(model.file.sha256)")
      case .unreadable(let reason): Terminal.result("unreadable  \(place): \(reason)")
      }
    }
    if found.contains(where: { $0.state != .intact }) { throw ExitCode.failure }
  }
}
