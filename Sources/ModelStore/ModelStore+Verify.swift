public import Foundation

/// What looking at an installed file found.
public struct ModelVerification: Hashable, Sendable {
  public enum State: Hashable, Sendable {
    /// As published.
    case intact
    /// There, with this other checksum.
    case changed(sha256: String)
    /// There, and could not be read, with the reason.
    case unreadable(String)
  }

  public let package: ModelPackage
  public let file: ModelFile
  public let location: URL
  public let state: State
}

extension ModelStore {
  /// Computes the checksum of every installed file, in all ``searchedDirectories``, and says whether it is the published one.
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
