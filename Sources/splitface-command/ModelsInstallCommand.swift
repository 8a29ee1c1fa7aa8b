import ArgumentParser
import Foundation
import ModelStore

struct ModelsInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Downloads a package of networks, checks it, and converts it.",
    discussion: """
      Every file must have the published size and SHA-256. An interrupted download is continued by the next run. Files that are installed \
      already are replaced only when all new ones are complete. Proxies are taken from the environment (https_proxy).
      """)

  @Argument(help: "The package: \(ModelStore.catalogue.map(\.name).joined(separator: ", ")).")
  var package: String

  @Option(help: "A folder that has the files already; nothing is downloaded.", completion: .directory)
  var from: String?

  @Option(help: "A mirror's folder in place of the publisher's (https, or http on this machine).", transform: Self.address)
  var baseUrl: URL?

  @Flag(name: .shortAndLong, help: "Show no progress.")
  var quiet = false

  func validate() throws {
    if from != nil, baseUrl != nil { throw ValidationError("--from and --base-url exclude each other: nothing is downloaded with --from") }
  }

  func run() throws {
    let interruption = Interruption()
    // The store asks whether a signal has arrived, so nothing else has to be stopped.
    interruption.watch {}
    var display = InstallDisplay(isQuiet: quiet)
    do {
      let store = ModelStore()
      let licence = try store.package(named: package).licence
      Terminal.message("splitface: licence of \(package): \(licence.name). \(licence.note)")
      let state = try store.install(
        package, from: from.map { URL(filePath: $0) }, baseURL: baseUrl, progress: { display.show($0) },
        isCancelled: { interruption.happened })
      display.end()
      for file in state.files {
        if let location = file.location { Terminal.result(location.path(percentEncoded: false)) }
      }
    } catch {
      display.end()
      if interruption.happened || error.code == .cancelled {
        Terminal.message("splitface: interrupted; installed files are unchanged, and the next run continues the download")
        throw ExitCode(Interruption.exitCode)
      }
      Terminal.failure(error)
      throw ExitCode.failure
    }
  }

  private static func address(_ text: String) throws -> URL {
    guard let url = URL(string: text), url.scheme != nil, url.host() != nil else {
      throw ValidationError("'\(text)' is not an address like https://example.org/models")
    }
    return url
  }
}
