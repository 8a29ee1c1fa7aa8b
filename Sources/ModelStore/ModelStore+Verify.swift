public import Foundation

/// The result of verifying an installed file.
public struct ModelVerification: Hashable, Sendable {
  public enum State: Hashable, Sendable {
    /// The file is the published one.
    case intact
    /// The file has the given checksum instead of the published one.
    case changed(sha256: String)
    /// The file cannot be read, for the given reason.
    case unreadable(String)
  }

  public let package: ModelPackage
  public let file: ModelFile
  public let location: URL
  public let state: State
}

extension ModelStore {
  /// Computes the checksum of every installed file in all ``searchedDirectories``, and compares it with the published one.
  public func verify() -> [ModelVerification] {
    var found: [ModelVerification] = []
    for package in packages {
      for file in package.files {
        for directory in searchedDirectories {
          let location = directory.appending(path: package.name).appending(path: file.name)
          guard FileManager.default.fileExists(atPath: location.path) else { continue }
          found.append(ModelVerification(package: package, file: file, location: location, state: Self.state(of: file, at: location)))
        }
      }
    }
    return found
  }

  private static func state(of file: ModelFile, at location: URL) -> ModelVerification.State {
    do {
      let sha256 = try FileDigest.read(location).sha256
      return sha256 == file.sha256 ? .intact : .changed(sha256: sha256)
    } catch {
      return .unreadable(error.message)
    }
  }
}
