import Foundation

/// The one way in which files become durable, so that neither a crash of the program nor a power failure leaves half of a file under its
/// final name:
///
/// 1. The file is written under another name in the same directory (``PartialPath``).
/// 2. It is flushed to the disk, then closed.
/// 3. It is renamed to its final name, which replaces a file that had the name.
/// 4. The directory is flushed too, since it holds the name.
///
/// File systems that cannot flush a file or a directory answer EINVAL or ENOTSUP; that is no error. A directory that may be written but
/// not read cannot be opened to be flushed; that is no error either.
package enum Durability {
  /// Flushes the file at `path` to the disk.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  package static func sync(_ path: String) throws(OutputFilesError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw OutputFilesError(.cannotWrite, "cannot finish", path) }
    defer { close(descriptor) }
    try sync(descriptor, of: path)
  }

  /// Flushes the directory at `path`, and so the names in it, to the disk.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  package static func syncDirectory(_ path: String) throws(OutputFilesError) {
    do { try sync(path) } catch  where error.systemError == EACCES {}
  }

  /// Gives the flushed file or directory `complete` the name `path`, on the same file system, durably.
  /// - Throws: `OutputFilesError.Code.cannotWrite`.
  package static func replace(_ path: String, with complete: String) throws(OutputFilesError) {
    guard rename(complete, path) == 0 else { throw OutputFilesError(.cannotWrite, "cannot finish", path) }
    try syncDirectory(directory(of: path))
  }

  /// - Parameter path: named in errors.
  static func sync(_ descriptor: Int32, of path: String) throws(OutputFilesError) {
    #if canImport(Darwin)
      // On Apple's systems fsync does not flush the drive's own cache; a barrier keeps what follows from being stored before this.
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
