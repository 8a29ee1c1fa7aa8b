import ArgumentParser
import Foundation
import Measures
import ModelStore
import SplitFace

struct ModelsListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Lists the networks that are installed or can be installed, with their sources and licences.")

  func run() {
    let store = ModelStore()
    for state in store.list() {
      let package = state.package
      let installed = state.isInstalled ? "installed" : state.isPartlyInstalled ? "partly installed" : "not installed"
      Terminal.result("\(package.name): \(installed)")
      Terminal.result("  what     \(package.title)")
      Terminal.result("  from     \(package.publisher)")
      Terminal.result("  licence  \(package.licence.name)")
      if !state.isInstalled { Terminal.result("  get it   \(ProgramName.installation(of: package))") }
      for file in state.files {
        let size = file.file.byteCount.map { ", \(DecimalText.text(Double($0) / 1e6, decimals: 1)) MB" } ?? ""
        let networks = file.file.networks.map(\.rawValue).joined(separator: ", ")
        let place = file.location.map { $0.path(percentEncoded: false) } ?? "not installed"
        Terminal.result("  file     \(file.file.name) (\(networks)\(size)): \(place)")
      }
    }
    for (network, file) in store.overrides.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      Terminal.result("\(network.rawValue): a file of your own, set by \(network.environmentVariable): \(file.path(percentEncoded: false))")
    }
    Terminal.result("networks are installed into \(store.directory.path(percentEncoded: false))")
  }
}
