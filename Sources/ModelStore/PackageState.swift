public import Foundation

/// A package of the catalogue and which of its files are installed.
public struct PackageState: Hashable, Sendable {
  public struct File: Hashable, Sendable {
    public let file: ModelFile
    /// Nil if the file is not installed.
    public let location: URL?
  }

  public let package: ModelPackage
  public let files: [File]

  /// Whether all files are installed.
  public var isInstalled: Bool { files.allSatisfy { $0.location != nil } }
  /// Whether some but not all files are installed.
  public var isPartlyInstalled: Bool { !isInstalled && files.contains { $0.location != nil } }
}
