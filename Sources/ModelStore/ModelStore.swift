public import Foundation
import Logging

/// The network files on this machine: which packages are installed, and the ONNX networks that are made from them.
///
/// A published file is used only if its SHA-256 is right. The networks converted from it are kept in a separate cache, which can be deleted
/// at any time.
///
/// ```swift
/// let store = ModelStore()
/// if !store.has(.faceDetector, .faceMesh) { try store.install("face-landmarker") }
/// let mesh = try store.onnx(for: .faceMesh)  // mesh.path can be loaded by ONNX Runtime
/// ```
public struct ModelStore: Sendable {
  /// The packages that can be installed. If several contain the same network, an earlier one is preferred.
  public static let catalogue: [ModelPackage] = [.faceLandmarker, .openFace3, .tinyRetinaFace]

  let locations: StoreLocations
  let packages: [ModelPackage]
  let log = Logger(label: "splitface.models")

  /// ONNX files of the user's own that replace published ones, by network.
  public let overrides: [NetworkName: URL]

  /// Creates a store that uses the given folders, or the usual ones.
  ///
  /// - Parameters:
  ///   - directory: the folder into which files are installed and in which they are looked for first. The default is the environment
  ///     variable `SPLITFACE_MODELS`, or else `splitface/models` in the user's data folder (`$XDG_DATA_HOME` or `~/.local/share`; on macOS
  ///     `~/Library/Application Support`). Files are also looked for in `.splitface/models` in the folders above the running program, where
  ///     the project's set-up installs them, and in the user's data folder.
  ///   - cache: the folder for converted networks. The default is the environment variable `SPLITFACE_CACHE`, or else the user's cache
  ///     folder.
  ///   - overrides: the user's own ONNX files, by network. Files for other networks can be named in environment variables
  ///     (``NetworkName/environmentVariable``).
  ///   - environment: the environment variables.
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

  /// Creates a store with one folder and a catalogue of its own.
  package init(onlyIn directory: URL, cache: URL, packages: [ModelPackage], overrides: [NetworkName: URL] = [:]) {
    locations = StoreLocations(directory: directory, cache: cache)
    self.packages = packages
    self.overrides = overrides
  }

  /// The folder into which packages are installed, each into its own subfolder.
  public var directory: URL { locations.own }

  /// The folders in which files are looked for, in order.
  public var searchedDirectories: [URL] { locations.searched }

  /// The folder for converted networks and, in a subfolder, for networks compiled by an inference engine.
  public var cacheDirectory: URL { locations.cache }

  /// Returns the package with the given name from the catalogue.
  /// - Throws: `unknownPackage`; its message lists the existing names.
  public func package(named name: String) throws(ModelStoreError) -> ModelPackage {
    guard let package = packages.first(where: { $0.name == name }) else {
      let names = packages.map(\.name).joined(separator: ", ")
      throw ModelStoreError(.unknownPackage, "there is no model package '\(name)'; the packages are: \(names)")
    }
    return package
  }

  /// Returns the location of a package's file in ``searchedDirectories``; nil if the file is not installed. The checksum is not verified.
  public func location(of file: ModelFile, in package: ModelPackage) -> URL? {
    searchedDirectories.lazy.map { $0.appending(path: package.name).appending(path: file.name) }
      .first { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// Returns the packages of the catalogue, each with its installed files.
  public func list() -> [PackageState] {
    packages.map { package in
      PackageState(
        package: package,
        files: package.files.map { PackageState.File(file: $0, location: location(of: $0, in: package)) })
    }
  }

  /// Returns whether all these networks are available, from published files or the user's own. Checksums are not verified.
  public func has(_ networks: NetworkName...) -> Bool {
    networks.allSatisfy { overrides[$0] != nil || source(of: $0) != nil }
  }

  /// Returns the installed file from which a network is made; nil if there is none.
  func source(of network: NetworkName) -> (package: ModelPackage, file: ModelFile, location: URL)? {
    for package in packages {
      for file in package.files where file.networks.contains(network) {
        if let location = location(of: file, in: package) { return (package, file, location) }
      }
    }
    return nil
  }
}
