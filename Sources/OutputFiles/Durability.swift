import Foundation

/// The steps by which this project writes files, so that neither a crash of the program nor a power failure leaves half of a file under its
/// final name:
///
/// 1. The file is written under another name in the same directory (``PartialPath``).
/// 2. It is flushed to the disk, then closed.
/// 3. It is renamed to its final name. An existing file of that name is replaced.
/// 4. The directory is flushed too, because it contains the name.
///
/// Some file systems cannot flush a file or a directory and answer EINVAL or ENOTSUP. A directory that may be written but not read cannot
/// be opened to be flushed. Neither is treated as an error.
package enum Durability {
  /// Flushes the file at `path` to the disk.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  package static func sync(_ path: String) throws(OutputFilesError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputFilesError(.cannotWrite, "cannot finish", path) }
    defer { close(descriptor) }
    try sync(descriptor, of: path)
  }

  /// Flushes the directory at `path`, and with it the names that it contains, to the disk.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  package static func syncDirectory(_ path: String) throws(OutputFilesError) {
    do { try sync(path) } catch  where error.systemError == EACCES {}
  }

  /// Renames the flushed file or directory `complete` to `path`, which must be on the same file system, and flushes the new name to the
  /// disk.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  package static func replace(_ path: String, with complete: String) throws(OutputFilesError) {
    guard rename(complete, path) == 0 else { throw OutputFilesError(.cannotWrite, "cannot finish", path) }
    try syncDirectory(directory(of: path))
  }

  /// - Parameter path: the path that errors name.
  static func sync(_ descriptor: Int32, of path: String) throws(OutputFilesError) {
    #if canImport(Darwin)
      // On Apple's systems, fsync does not flush the drive's own cache. A barrier makes the drive store these data before any later ones.
      if fcntl(descriptor, F_BARRIERFSYNC) == 0 { return }
    #endif
    guard fsync(descriptor) == 0 || [EINVAL, ENOTSUP].contains(errno) else {
      throw OutputFilesError(.cannotWrite, "cannot finish", path)
    }
  }

  static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
