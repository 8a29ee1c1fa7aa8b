import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a file is written until it is whole.
package enum PartialPath {
  /// Videos and tables of one job lie in one folder, and a long name is cut, so they are counted together.
  private static let count = Atomic<Int>(0)
  /// The limit of nearly all file systems, bytes.
  private static let longestName = 255

  /// `.NAME.partial-PID-N` beside the file: another one each time, so that neither two runs nor two files of one run write into each other.
  /// The beginning of NAME is cut where the file system would refuse it.
  package static func make(for path: String) -> String {
    let suffix = ".partial-\(getpid())-\(count.add(1, ordering: .relaxed).newValue)"
    let start = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
    var name = path[start...]
    while name.utf8.count + suffix.utf8.count + 1 > longestName { name.removeFirst() }
    return path[..<start] + "." + name + suffix
  }
}
