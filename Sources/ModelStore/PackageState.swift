public import Foundation

/// A package of the catalogue, and what of it is on this machine.
public struct PackageState: Hashable, Sendable {
  public struct File: Hashable, Sendable {
    public let file: ModelFile
    /// Nil if it is not installed.
    public let location: URL?
  }

  public let package: ModelPackage
  public let files: [File]

  /// Whether every file is there.
  public var isInstalled: Bool { files.allSatisfy { $0.location != nil } }
  /// Whether some files are there and some are not.
  public var isPartlyInstalled: Bool { !isInstalled && files.contains { $0.location != nil } }
}
