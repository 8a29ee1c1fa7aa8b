import Foundation

/// The file that contains a model's weights, mapped into memory by a session.
///
/// OpenVINO copies the weights into the layout of its kernels but keeps the file mapped. The mapped pages are no longer read but still
/// count as this process's memory: 85 MB for the multitask network.
package enum MappedWeights {
  /// Releases the memory of a model's mapped weights: `NAME.data` beside `NAME.onnx` or `NAME-PART.onnx`. If a page is needed after all,
  /// the system reads it from the file again. Has no effect on systems other than Linux.
  package static func releasePages(ofModelAt modelPath: String) {
    #if os(Linux)
      let model = URL(filePath: modelPath).resolvingSymlinksInPath()
      let folder = model.deletingLastPathComponent().path(percentEncoded: false)
      let name = model.deletingPathExtension().lastPathComponent
      let files = Set([name, String(name.prefix { $0 != "-" })].map { "\(folder)\(folder.hasSuffix("/") ? "" : "/")\($0).data" })
        .filter(FileManager.default.fileExists)
      guard !files.isEmpty else { return }
      // A reader that relies on the file's size, which is 0 in /proc, would get only the first page.
      guard let maps = try? FileHandle(forReadingFrom: URL(filePath: "/proc/self/maps")).readToEnd() else { return }
      for line in String(decoding: maps, as: UTF8.self).split(separator: "\n") {
        guard let slash = line.firstIndex(of: "/"), files.contains(String(line[slash...])), let range = readOnlyRange(line) else {
          continue
        }
        // Read-only pages of a data file can be read from the file again. (In those of a library, the loader may have written relocations.)
        madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, MADV_DONTNEED)
      }
    #endif
  }

  /// Returns the addresses in a line of `/proc/self/maps` (`from-to r--p …`); nil if the memory is not read-only.
  private static func readOnlyRange(_ line: Substring) -> Range<UInt>? {
    let fields = line.split(separator: " ", maxSplits: 2)
    let addresses = fields.first?.split(separator: "-").compactMap { UInt($0, radix: 16) } ?? []
    guard addresses.count == 2, addresses[0] < addresses[1], fields.count > 1, fields[1].hasPrefix("r--") else { return nil }
    return addresses[0]..<addresses[1]
  }
}
