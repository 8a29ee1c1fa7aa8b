import Foundation

/// The file in which a model keeps its weights apart, where a session has it mapped into memory.
///
/// OpenVINO lays weights out anew for its kernels and keeps the mapping of the file that they came from: of the multitask network, 85 MB
/// that nobody reads any more, and that count as this program's memory.
package enum MappedWeights {
  /// Lets go of the memory of a model's mapped weights, `NAME.data` beside `NAME.onnx` or `NAME-PART.onnx`. Whoever reads them after all
  /// gets them from the file again. Does nothing elsewhere than on Linux.
  package static func setAside(of modelPath: String) {
    #if os(Linux)
      let model = URL(filePath: modelPath).resolvingSymlinksInPath()
      let folder = model.deletingLastPathComponent().path(percentEncoded: false)
      let name = model.deletingPathExtension().lastPathComponent
      let files = Set([name, String(name.prefix { $0 != "-" })].map { "\(folder)\(folder.hasSuffix("/") ? "" : "/")\($0).data" })
        .filter(FileManager.default.fileExists)
      guard !files.isEmpty else { return }
      // Read to its end: whoever takes the file's size for its length gets the first page.
      guard let maps = try? FileHandle(forReadingFrom: URL(filePath: "/proc/self/maps")).readToEnd() else { return }
      for line in String(decoding: maps, as: UTF8.self).split(separator: "\n") {
        guard let slash = line.firstIndex(of: "/"), files.contains(String(line[slash...])), let range = readOnlyRange(line) else {
          continue
        }
        // A data file's pages that may only be read are the file's own: no loader has written to them, as it has to a library's.
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
