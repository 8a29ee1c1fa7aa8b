import Foundation
import OutputFiles

/// Remembers a file's checksum for as long as the file looks the same (size, time of change, inode), so that a hundred megabytes need
/// not be read at every start. Lies in the cache. Whoever can write files there could as well write the converted networks.
struct DigestRecord {
  let cache: URL

  /// The SHA-256 of a file, remembered or computed.
  func sha256(of url: URL) throws(ModelStoreError) -> String {
    let url = url.resolvingSymlinksInPath()
    guard let looks = Self.looks(of: url) else { return try FileDigest.read(url).sha256 }
    let record = cache.appending(path: "checksums/\(Self.name(for: url.path))")
    if let line = try? String(contentsOf: record, encoding: .utf8), line.hasPrefix(looks + " "), line.count == looks.count + 65 {
      return String(line.suffix(64))
    }
    let sha256 = try FileDigest.read(url).sha256
    // If it changed meanwhile, the checksum is of neither state. A cache that cannot be written costs only time.
    if Self.looks(of: url) == looks {
      try? PartialFile.write(Array((looks + " " + sha256).utf8), to: record.path, creatingDirectories: true)
    }
    return sha256
  }

  private static func looks(of url: URL) -> String? {
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

  private static func name(for path: String) -> String {
    var digest = FileDigest()
    Array(path.utf8).withUnsafeBytes { digest.update($0) }
    return String(digest.finalize().prefix(32))
  }
}
