import PartialFiles

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is written under another name beside its final one, and gets that only when it is whole.
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

  /// Makes sure that the content is on the disk, then gives it its name.
  func commit(_ context: FFmpegContext) throws(VideoError) {
    guard Self.synchronise(path), rename(path, finalPath) == 0 else {
      throw context.error(-errno, .writeFailed, "finish the file")
    }
    // The name itself is safe only when the folder is written; not all file systems can.
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
