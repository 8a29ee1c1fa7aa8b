import Foundation

/// Moves files from a staging folder to their final places, and back if one of them cannot be moved.
///
/// Files that are replaced are backed up in the staging folder until the whole set has been moved, so that a failure loses neither the
/// old files nor the new ones.
struct OutputMove {
  private let staging: URL
  private let directory: URL
  private let overwrite: Bool
  private var moved: [String] = []
  private var backedUp: [String] = []

  /// The folder for backups in the staging folder.
  private var backups: URL { staging.appending(path: "earlier") }

  init(staging: URL, directory: URL, overwrite: Bool) {
    self.staging = staging
    self.directory = directory
    self.overwrite = overwrite
  }

  /// Backs up the file that has `name` in the output folder, if there is one and it may be replaced.
  /// - Throws: `OutputFilesError.Code.isFolder`, `.cannotMove`.
  mutating func backUp(_ name: String) throws(OutputFilesError) {
    let target = directory.appending(path: name).path
    var status = stat()
    guard overwrite, !backedUp.contains(name), lstat(target, &status) == 0 else { return }
    // A folder is never replaced, because it may contain files of other programs.
    if status.st_mode & S_IFMT == S_IFDIR {
      throw OutputFilesError(.isFolder, "cannot write \(target): it is a folder", path: target)
    }
    guard mkdir(backups.path, 0o755) == 0 || errno == EEXIST, rename(target, backups.appending(path: name).path) == 0 else {
      throw OutputFilesError(.cannotMove, "cannot write", target)
    }
    backedUp.append(name)
  }

  /// Moves a file to the output folder.
  /// - Throws: `OutputFilesError.Code.exists` if a file that must not be replaced has appeared there, `.isFolder`, `.cannotMove`.
  mutating func move(_ name: String) throws(OutputFilesError) {
    try backUp(name)
    let source = staging.appending(path: name).path
    let target = directory.appending(path: name).path
    // A link, unlike a rename, never replaces a file. Not all file systems have links.
    if link(source, target) == 0 {
      moved.append(name)
      unlink(source)
      return
    }
    var status = stat()
    if lstat(target, &status) == 0 {
      throw OutputFilesError(.exists, "\(target) was created by another program in the meantime", path: target)
    }
    guard rename(source, target) == 0 else { throw OutputFilesError(.cannotMove, "cannot write", target) }
    moved.append(name)
  }

  /// Moves all files back to where they were, in reverse order.
  /// - Returns: false if a file could not be moved back. The staging folder must be kept then.
  mutating func undo() -> Bool {
    var isUndone = true
    for name in moved.reversed() {
      if rename(directory.appending(path: name).path, staging.appending(path: name).path) != 0, errno != ENOENT { isUndone = false }
    }
    for name in backedUp.reversed() {
      if rename(backups.appending(path: name).path, directory.appending(path: name).path) != 0 { isUndone = false }
    }
    (moved, backedUp) = ([], [])
    return isUndone
  }
}
