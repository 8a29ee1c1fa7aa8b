import Foundation

/// Weights files that a session has mapped into memory.
///
/// OpenVINO lays weights out anew for its kernels and keeps the mapping of the file that they came from: of the multitask network, 85 MB
/// that nobody reads any more, and that count as this program's memory.
enum MappedWeights {
  /// Lets go of the memory of mapped files that lie beside a model, in its own folder. Whoever reads them after all gets them from the file
  /// again. Does nothing elsewhere than on Linux.
  static func setAside(besides modelPath: String) {
    #if os(Linux)
      let folder = URL(filePath: modelPath).resolvingSymlinksInPath().deletingLastPathComponent().path(percentEncoded: false)
      guard let maps = try? String(contentsOfFile: "/proc/self/maps", encoding: .utf8) else { return }
      for line in maps.split(separator: "\n") {
        guard let slash = line.firstIndex(of: "/"), line[slash...].hasPrefix(folder), let range = readOnlyRange(line) else { continue }
        // Pages that nobody can have written to are the file's.
        madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, MADV_DONTNEED)
      }
    #endif
  }

  /// The addresses of a line of `/proc/self/maps` (`from-to r--p …`); nil where the memory is more than readable.
  private static func readOnlyRange(_ line: Substring) -> Range<UInt>? {
    let fields = line.split(separator: " ", maxSplits: 2)
    let addresses = fields.first?.split(separator: "-").compactMap { UInt($0, radix: 16) } ?? []
    guard addresses.count == 2, addresses[0] < addresses[1], fields.count > 1, fields[1].hasPrefix("r--") else { return nil }
    return addresses[0]..<addresses[1]
  }
}
