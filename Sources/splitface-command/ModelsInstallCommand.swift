import ArgumentParser
import Foundation
import ModelStore

struct ModelsInstallCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "install",
    abstract: "Downloads a package of networks, checks it, and converts it.",
    discussion: """
      Every file must have the published size and SHA-256. If the download is interrupted, the next run continues it. Installed files are \
      replaced only when all new files are complete. The environment variable https_proxy can name a proxy.
      """)

  @Argument(help: "The package: \(ModelStore.catalogue.map(\.name).joined(separator: ", ")).")
  var package: String

  @Option(help: "A folder that contains the package's files, which are copied instead of downloaded.", completion: .directory)
  var from: String?

  @Option(
    help: "The address of a mirror's folder, to use instead of the publisher's (https, or http on this machine).", transform: Self.address)
  var baseUrl: URL?

  @Flag(name: .shortAndLong, help: "Do not show progress.")
  var quiet = false

  func validate() throws {
    if from != nil, baseUrl != nil { throw ValidationError("--from and --base-url cannot be combined: --from downloads nothing") }
  }

  func run() throws {
    let interruption = Interruption()
    // The store regularly checks `happened` and stops by itself. Watching only prevents the signal from ending the process.
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
      throw ValidationError("'\(text)' is not an address such as https://example.org/models")
    }
    return url
  }
}
