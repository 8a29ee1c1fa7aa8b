#if os(Linux)
  import Foundation
  import Glibc
  import Inference
  import TestSupport
  import Testing

  /// What of a model's mapped weights stays in memory.
  struct MappedWeightsTests {
    /// A file of 1 MiB that is mapped and was read.
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
        precondition(sum > 0, "reading brings it into memory")
      }

      var sum: Int { stride(from: 0, to: Self.size, by: 4096).reduce(0) { $0 + Int(start.load(fromByteOffset: $1, as: UInt8.self)) } }

      /// Kilobytes in memory.
      func resident() throws -> Int {
        let map = try #require(try FileHandle(forReadingFrom: URL(filePath: "/proc/self/smaps")).readToEnd())
        let lines = String(decoding: map, as: UTF8.self).split(separator: "\n")
        let index = try #require(lines.firstIndex { $0.hasSuffix(path) })
        let line = try #require(lines[index...].first { $0.hasPrefix("Rss:") })
        return try #require(Int(line.split(separator: " ")[1]))
      }
    }

    @Test func theModelsOwnWeightsLeaveAndComeBack() throws {
      let folder = try TemporaryDirectory()
      let weights = try Mapped(folder.file("net.data"))
      let others = try [Mapped(folder.file("other.data")), Mapped(folder.file("net.so")), Mapped(folder.file("net.data.bak"))]
      #expect(try weights.resident() == Mapped.size / 1024)
      MappedWeights.setAside(of: folder.file("net-part.onnx").path(percentEncoded: false))
      #expect(try weights.resident() == 0)
      for other in others { #expect(try other.resident() == Mapped.size / 1024) }
      #expect(weights.sum == others[0].sum)
      MappedWeights.setAside(of: folder.file("net.onnx").path(percentEncoded: false))
      #expect(try weights.resident() == 0)
    }

    /// What a loader has written to a private mapping would be lost.
    @Test func memoryThatMayBeWrittenToStays() throws {
      let folder = try TemporaryDirectory()
      let weights = try Mapped(folder.file("net.data"), protection: PROT_READ | PROT_WRITE)
      weights.start.storeBytes(of: 99, as: UInt8.self)
      MappedWeights.setAside(of: folder.file("net.onnx").path(percentEncoded: false))
      #expect(weights.start.load(as: UInt8.self) == 99)
    }
  }
#endif
