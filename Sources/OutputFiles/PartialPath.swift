/// The name under which a file or directory is written until it is complete.
package enum PartialPath {
  /// The longest file name of nearly all file systems, in bytes.
  static let longestName = 255

  /// Returns the path `.NAME.partial-RANDOM` beside `path`, a different one each time.
  ///
  /// The random part of 64 bits distinguishes the files of one process and of several processes that share a folder, on one machine or
  /// several. The beginning of NAME is cut off if the result would be too long for a file name.
  package static func make(for path: String) -> String {
    let random = String(UInt64.random(in: 0...UInt64.max), radix: 16)
    let suffix = ".partial-" + String(repeating: "0", count: 16 - random.count) + random
    let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    var name = path[start...]
    while name.utf8.count + suffix.utf8.count + 1 > longestName { name.removeFirst() }
    return path[..<start] + "." + name + suffix
  }
}
