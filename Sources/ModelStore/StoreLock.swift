import Foundation

/// Keeps a second installation out of a store for as long as it lives. The operating system lets go of it when the program dies.
final class StoreLock {
  private let descriptor: CInt

  /// - Throws: `busy`, `unwritable`.
  init(_ directory: URL) throws(ModelStoreError) {
    let file = directory.appending(path: ".lock")
    descriptor = open(file.path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw FileBytes.failure(.unwritable, "cannot write", file) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw ModelStoreError(
        .busy, "another program is installing into \(directory.path); wait until it is done", path: directory.path)
    }
  }

  deinit { close(descriptor) }
}
