package import Foundation

/// Keeps track of the directories that were created for output files, to remove them again if nothing is written to them.
package struct CreatedDirectories {
  /// The paths of the created directories, the innermost last.
  private var paths: [String] = []

  package init() {}

  /// Creates a directory and its missing parent directories.
  /// - Throws: `OutputFilesError.Code.folderUnavailable`; directories that were created before the failure are remembered.
  package mutating func create(_ directory: URL) throws(OutputFilesError) {
    var missing: [URL] = []
    var place = directory.absoluteURL.standardizedFileURL
    while place.path != "/", !FileManager.default.fileExists(atPath: place.path) {
      missing.append(place)
      place.deleteLastPathComponent()
    }
    var isDirectory: ObjCBool = false
    if FileManager.default.fileExists(atPath: place.path, isDirectory: &isDirectory), !isDirectory.boolValue {
      throw OutputFilesError(
        .folderUnavailable, "cannot write to the folder \(directory.path): \(place.path) is a file, not a folder", path: directory.path)
    }
    for directory in missing.reversed() {
      if mkdir(directory.path, 0o777) == 0 {
        paths.append(directory.path)
      } else if errno != EEXIST {
        throw OutputFilesError(.folderUnavailable, "cannot create the folder", directory.path)
      }
    }
  }

  /// Flushes the directories to the disk, so that they survive a power failure.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  func sync() throws(OutputFilesError) {
    for path in paths { try Durability.syncDirectory(Durability.directory(of: path)) }
  }

  /// Removes the directories, the innermost first, and stops at one that is not empty.
  func removeEmpty() {
    for path in paths.reversed() where rmdir(path) != 0 { return }
  }
}
