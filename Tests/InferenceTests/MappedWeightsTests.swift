#if os(Linux)
  import Foundation
  import Glibc
  import Inference
  import TestSupport
  import Testing

  /// Which pages of mapped files are released.
  struct MappedWeightsTests {
    /// A file of 1 MiB that is mapped and whose pages are in memory.
    private struct Mapped {
      static let size = 1 << 20
      let path: String
      let start: UnsafeMutableRawPointer

      init(_ url: URL, protection: Int32 = PROT_READ) throws {
        path = url.path(percentEncoded: false)
        try Data((0..<Self.size).map { UInt8(truncatingIfNeeded: $0 / 4096 + 1) }).write(to: url)
        let file = open(path, O_RDONLY)
        defer { close(file) }
        start = try #require(mmap(nil, Self.size, protection, MAP_PRIVATE, file, 0))
        precondition(sum > 0, "reading loads the pages")
      }

      var sum: Int { stride(from: 0, to: Self.size, by: 4096).reduce(0) { $0 + Int(start.load(fromByteOffset: $1, as: UInt8.self)) } }

      /// The number of kilobytes in memory.
      func resident() throws -> Int {
        let map = try #require(try FileHandle(forReadingFrom: URL(filePath: "/proc/self/smaps")).readToEnd())
        let lines = String(decoding: map, as: UTF8.self).split(separator: "\n")
        let index = try #require(lines.firstIndex { $0.hasSuffix(path) })
        let line = try #require(lines[index...].first { $0.hasPrefix("Rss:") })
        return try #require(Int(line.split(separator: " ")[1]))
      }
    }

    @Test func releasedPagesOfTheModelsWeightsAreReadAgain() throws {
      let folder = try TemporaryDirectory()
      let weights = try Mapped(folder.file("net.data"))
      let others = try [Mapped(folder.file("other.data")), Mapped(folder.file("net.so")), Mapped(folder.file("net.data.bak"))]
      #expect(try weights.resident() == Mapped.size / 1024)
      MappedWeights.releasePages(ofModelAt: folder.file("net-part.onnx").path(percentEncoded: false))
      #expect(try weights.resident() == 0)
      for other in others { #expect(try other.resident() == Mapped.size / 1024) }
      #expect(weights.sum == others[0].sum)
      MappedWeights.releasePages(ofModelAt: folder.file("net.onnx").path(percentEncoded: false))
      #expect(try weights.resident() == 0)
    }

    /// Bytes that were written to a private mapping would be lost.
    @Test func writablePagesAreNotReleased() throws {
      let folder = try TemporaryDirectory()
      let weights = try Mapped(folder.file("net.data"), protection: PROT_READ | PROT_WRITE)
      weights.start.storeBytes(of: 99, as: UInt8.self)
      MappedWeights.releasePages(ofModelAt: folder.file("net.onnx").path(percentEncoded: false))
      #expect(weights.start.load(as: UInt8.self) == 99)
    }
  }
#endif
