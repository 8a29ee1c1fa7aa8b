import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Moves files from a staging folder to their final places, and back if one of them cannot go there.
///
/// What stood at a final place waits in the staging folder until the whole set has moved, so that a failure loses neither the old
/// files nor the new ones.
struct OutputMove {
  private let staging: URL
  private let directory: URL
  private let overwrite: Bool
  private var moved: [String] = []
  private var putAside: [String] = []

  /// The folder in the staging folder in which earlier files wait.
  static let asideName = "earlier"

  init(staging: URL, directory: URL, overwrite: Bool) {
    self.staging = staging
    self.directory = directory
    self.overwrite = overwrite
  }

  /// Takes what stands at a file's final place away from there, where it may be replaced.
  /// - Throws: `outputUnavailable`.
  mutating func putAside(_ name: String) throws(SplitFaceError) {
    let target = directory.appending(path: name).path
    var status = stat()
    guard overwrite, !putAside.contains(name), lstat(target, &status) == 0 else { return }
    // A folder holds more than what this program has written.
    if status.st_mode & S_IFMT == S_IFDIR {
      throw SplitFaceError(.outputUnavailable, "cannot write \(target): this is a folder; choose another place with -o")
    }
    guard mkdir(asideFolder.path, 0o755) == 0 || errno == EEXIST, rename(target, asideFolder.appending(path: name).path) == 0 else {
      throw failure(target)
    }
    putAside.append(name)
  }

  /// - Throws: `outputUnavailable`; `outputExists` where a file came there meanwhile that may not be replaced.
  mutating func move(_ name: String) throws(SplitFaceError) {
    try putAside(name)
    let source = staging.appending(path: name).path
    let target = directory.appending(path: name).path
    // A link, unlike a rename, never replaces. Not all file systems have them.
    if link(source, target) == 0 {
      moved.append(name)
      unlink(source)
      return
    }
    var status = stat()
    if lstat(target, &status) == 0 {
      throw SplitFaceError(
        .outputExists, "\(target) was made by somebody else meanwhile; use --force to replace it or -o to write elsewhere")
    }
    guard rename(source, target) == 0 else { throw failure(target) }
    moved.append(name)
  }

  /// Puts everything back to where it was, the last first.
  /// - Returns: false where something could not be put back; it is still in the staging folder then.
  mutating func undo() -> Bool {
    var isUndone = true
    for name in moved.reversed() {
      if rename(directory.appending(path: name).path, staging.appending(path: name).path) != 0, errno != ENOENT { isUndone = false }
    }
    for name in putAside.reversed() {
      if rename(asideFolder.appending(path: name).path, directory.appending(path: name).path) != 0 { isUndone = false }
    }
    (moved, putAside) = ([], [])
    return isUndone
  }

  private var asideFolder: URL { staging.appending(path: Self.asideName) }

  private func failure(_ target: String) -> SplitFaceError {
    SplitFaceError(.outputUnavailable, "cannot write \(target): \(String(cString: strerror(errno))); choose another folder with -o")
  }
}
