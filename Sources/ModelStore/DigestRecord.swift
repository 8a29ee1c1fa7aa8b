import Foundation
import OutputFiles

/// Remembers the checksums of files in the cache, so that large files need not be read at every start.
///
/// A remembered checksum is used as long as the file's size, inode, and times of modification and change stay the same. Records need no
/// protection of their own: whoever can write to the cache can also replace the converted networks in it.
struct DigestRecord {
  let cache: URL

  /// Returns the SHA-256 of a file, remembered or computed.
  /// - Throws: `unreadable`.
  func sha256(of url: URL) throws(ModelStoreError) -> String {
    let url = url.resolvingSymlinksInPath()
    guard let state = Self.state(of: url) else { return try FileDigest.read(url).sha256 }
    let record = cache.appending(path: "checksums/\(FileDigest.sha256(of: Array(url.path.utf8)).prefix(32))")
    if let line = try? String(contentsOf: record, encoding: .utf8), line.hasPrefix(state + " "), line.count == state.count + 65 {
      return String(line.suffix(64))
    }
    let sha256 = try FileDigest.read(url).sha256
    // If the file changed while it was read, the checksum belongs to neither version and is not recorded. Failing to record it only costs
    // time.
    if Self.state(of: url) == state {
      try? PartialFile.write(Array((state + " " + sha256).utf8), to: record.path, creatingDirectories: true)
    }
    return sha256
  }

  private static func state(of url: URL) -> String? {
    var status = stat()
    guard stat(url.path, &status) == 0 else { return nil }
    #if os(macOS)
      let time = status.st_mtimespec
      let change = status.st_ctimespec
    #else
      let time = status.st_mtim
      let change = status.st_ctim
    #endif
    let times = "\(time.tv_sec).\(time.tv_nsec) \(change.tv_sec).\(change.tv_nsec)"
    return "\(status.st_size) \(times) \(status.st_ino) \(status.st_dev)"
  }
}
