import PartialFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that appears under its name only when it is complete: written beside it, flushed to the disk, then renamed.
struct PartialFile: ~Copyable {
  let path: String
  private let partialPath: String
  private var descriptor: Int32

  init(path: String) throws(ActionUnitError) {
    self.path = path
    partialPath = PartialPath.make(for: path)
    descriptor = open(partialPath, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw Self.failure("create", path, errno) }
  }

  mutating func append(_ bytes: borrowing [UInt8]) throws(ActionUnitError) {
    var written = 0
    while written < bytes.count {
      let start = written
      let result = bytes.withUnsafeBytes { buffer in
        // An array that is not empty has a base address.
        write(descriptor, buffer.baseAddress! + start, buffer.count - start)
      }
      if result >= 0 { written += result } else if errno != EINTR { throw Self.failure("write", path, errno) }
    }
  }

  /// Makes the file appear under its name, replacing what was there.
  consuming func commit() throws(ActionUnitError) {
    if fsync(descriptor) != 0 && errno != EINVAL { throw Self.failure("flush", path, errno) }
    let closed = close(descriptor)
    descriptor = -1
    if closed != 0 { throw Self.failure("close", path, errno) }
    if rename(partialPath, path) != 0 { throw Self.failure("rename to", path, errno) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    // After a successful commit nothing is there under this name any more.
    unlink(partialPath)
  }

  private static func failure(_ action: String, _ path: String, _ number: Int32) -> ActionUnitError {
    ActionUnitError(.cannotWrite, "cannot \(action) \(path): \(String(cString: strerror(number)))")
  }
}
