public import Foundation

/// A package of the catalogue, with the locations of its installed files.
public struct PackageState: Hashable, Sendable {
  public struct File: Hashable, Sendable {
    public let file: ModelFile
    /// The location of the file; nil if it is not installed.
    public let location: URL?
  }

  public let package: ModelPackage
  public let files: [File]

  /// Whether all files are installed.
  public var isInstalled: Bool { files.allSatisfy { $0.location != nil } }
  /// Whether some but not all files are installed.
  public var isPartlyInstalled: Bool { !isInstalled && files.contains { $0.location != nil } }
}
