public import Foundation

/// The locations of this package and of the programs built from it.
public enum PackageLocation {
  /// The package's root folder.
  public static let root: URL = {
    // Tests/TestSupport/PackageLocation.swift
    var url = URL(filePath: #filePath)
    for _ in 0..<3 { url.deleteLastPathComponent() }
    return url.standardizedFileURL
  }()

  /// The folder that `make setup` installs into (`.splitface`), or nil if it does not exist.
  public static let installed: URL? = existing(root.appending(path: ".splitface"))

  /// The built `splitface` program, or nil if it was not built with the tests.
  ///
  /// It is in the same folder as the test bundle, which is the running program on Linux and is loaded by a test runner on macOS.
  public static let splitface: URL? = {
    var places = [URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()]
    for bundle in Bundle.allBundles where bundle.bundlePath.hasSuffix(".xctest") {
      places.append(bundle.bundleURL.deletingLastPathComponent())
    }
    for configuration in ["release", "debug"] { places.append(root.appending(path: ".build/\(configuration)")) }
    return places.lazy.map { $0.appending(path: "splitface") }.first { FileManager.default.isExecutableFile(atPath: $0.path) }
  }()

  static func existing(_ url: URL) -> URL? {
    FileManager.default.fileExists(atPath: url.path) ? url : nil
  }
}
