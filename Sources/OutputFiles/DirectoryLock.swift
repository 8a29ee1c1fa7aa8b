package import Foundation

/// A lock on a file in a directory. It is held until the value is destroyed or the process ends in any way.
///
/// A lock file that is not locked was therefore left by a process that was killed. The lock uses `flock(2)`.
package struct DirectoryLock: ~Copyable {
  /// The result of an attempt to take a lock.
  package enum Attempt: ~Copyable {
    case acquired(DirectoryLock)
    /// Another process, or another part of this one, holds the lock.
    case busy
    /// The file system does not support locks, so nothing keeps other processes out.
    case unsupported
  }

  private let descriptor: Int32

  deinit { close(descriptor) }

  /// Tries to take the lock of a directory, without waiting for it.
  ///
  /// - Parameters:
  ///   - directory: the directory in which the lock file is created.
  ///   - name: the lock file's name.
  ///   - prepare: called before each attempt, to create the directory if it does not exist. Several attempts may be needed, because a
  ///     process that ends at the same time may remove the directory with its lock file.
  /// - Throws: `OutputFilesError.Code.folderUnavailable`, or the error of `prepare`.
  package static func acquire(
    in directory: URL, named name: String, prepare: () throws(OutputFilesError) -> Void = {}
  ) throws(OutputFilesError) -> Attempt {
    let path = directory.appending(path: name).path
    for _ in 0..<100 {
      try prepare()
      let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0o644)
      guard descriptor >= 0 else {
        if errno == ENOENT { continue }
        throw OutputFilesError(.folderUnavailable, "cannot create the lock file", path)
      }
      let lock = DirectoryLock(descriptor: descriptor)
      if flock(lock.descriptor, LOCK_EX | LOCK_NB) != 0 {
        switch errno {
        case EINTR: continue
        case EWOULDBLOCK: return .busy
        case ENOLCK, ENOTSUP, EOPNOTSUPP, ENOSYS, EINVAL: return .unsupported
        default: throw OutputFilesError(.folderUnavailable, "cannot lock", path)
        }
      }
      // The process that held the lock may have removed the file; then another process can create and lock a new one.
      var held = stat()
      var visible = stat()
      if fstat(lock.descriptor, &held) == 0, stat(path, &visible) == 0, held.st_ino == visible.st_ino { return .acquired(lock) }
    }
    throw OutputFilesError(.folderUnavailable, "cannot lock \(path): other processes keep removing the file", path: path)
  }
}
