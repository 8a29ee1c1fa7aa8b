import PartialFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is written under a temporary name in the same folder, and gets its final name once it is complete.
struct PartialFile: Sendable {
  let finalPath: String
  let path: String

  init(finalPath: String) {
    self.finalPath = finalPath
    path = PartialPath.make(for: finalPath)
  }

  private var directory: String {
    guard let slash = finalPath.lastIndex(of: "/") else { return "." }
    return slash == finalPath.startIndex ? "/" : String(finalPath[..<slash])
  }

  /// Flushes the content to the disk, then renames the file to its final name.
  func commit(_ context: FFmpegContext) throws(VideoError) {
    guard Self.synchronise(path), rename(path, finalPath) == 0 else {
      throw context.error(-errno, .writeFailed, "finish the file")
    }
    // The new name survives a crash only once the folder is flushed too, which not all file systems support.
    _ = Self.synchronise(directory)
  }

  func remove() { unlink(path) }

  var byteCount: Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : 0
  }

  private static func synchronise(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    return fsync(descriptor) == 0
  }
}
