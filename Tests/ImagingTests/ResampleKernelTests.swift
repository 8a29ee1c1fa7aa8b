import CKernels
import Foundation
import TestSupport
import Testing

/// The resampling kernel with this processor's widest vectors, with AVX2, and with the vectors that every processor has.
struct ResampleKernelTests {
  @Test func bytesDoNotDependOnTheVectorsUsed() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<3000 {
      let (width, height) = (Int.random(in: 2...150, using: &generator), Int.random(in: 2...60, using: &generator))
      let stride = width + Int.random(in: 0...9, using: &generator)
      let (first, second) = (generator.bytes(stride * height), generator.bytes(stride * height))
      func start(_ side: Int) -> Int64 { Int64.random(in: -2 * Int64(side) << 32...3 * Int64(side) << 32, using: &generator) }
      var line = sf_line(
        x: start(width), y: start(height), x_step: generator.step(), y_step: generator.step(), stride: Int32(stride),
        last_x: Int32(width - 1) << 16 - 1, last_y: Int32(height - 1) << 16 - 1)
      expectSame(&line, first, second, count: Int.random(in: 0...150, using: &generator))
    }
  }

  /// Lines through the middle of an image, as in reflections, which are mostly handled by the widest vectors.
  @Test func bytesAlongReflectionsDoNotDependOnTheVectorsUsed() {
    var generator = SeededGenerator(seed: 12)
    let (width, height) = (333, 240)
    let (first, second) = (generator.bytes(width * height), generator.bytes(width * height))
    for _ in 0..<500 {
      // Half of them are nearly level, as for an upright face.
      let reach = Bool.random(using: &generator) ? Double.pi : 0.2
      let angle = Double.random(in: -reach...reach, using: &generator) + (Bool.random(using: &generator) ? Double.pi : 0)
      let middle = SIMD2(Double.random(in: 0...Double(width), using: &generator), Double.random(in: 0...Double(height), using: &generator))
      let count = Int.random(in: 1...300, using: &generator)
      func fixed(_ value: Double) -> Int64 { Int64((value * 4_294_967_296).rounded()) }
      let step = SIMD2(cos(angle), sin(angle))
      let start = middle - step * Double(count / 2)
      var line = sf_line(
        x: fixed(start.x), y: fixed(start.y), x_step: fixed(step.x), y_step: fixed(step.y), stride: Int32(width),
        last_x: Int32(width - 1) << 16 - 1, last_y: Int32(height - 1) << 16 - 1)
      expectSame(&line, first, second, count: count)
    }
  }

  /// The widest vectors load whole boxes of 32×4, 32×8 or 16×16 samples. No box may extend beyond the plane, whichever side a line leaves it
  /// on: memory outside may not be mapped. (A kernel that reads there crashes the test process.)
  @Test(arguments: [
    (32, 4), (31, 4), (32, 3), (33, 5), (32, 8), (16, 16), (31, 8), (32, 7), (15, 16), (16, 15), (33, 9), (100, 8), (16, 100), (150, 60),
  ])
  func nothingOutsideThePlaneIsRead(width: Int, height: Int) throws {
    var generator = SeededGenerator(seed: 13)
    let stride = width + Int.random(in: 0...2, using: &generator)
    let size = stride * (height - 1) + width
    let (first, second) = (generator.bytes(size), generator.bytes(size))
    let atStart = (try FencedBytes(first, end: .start), try FencedBytes(second, end: .start))
    let atEnd = (try FencedBytes(first, end: .end), try FencedBytes(second, end: .end))
    for _ in 0..<500 {
      // Starts inside or near the plane, so that lines leave or enter it on every side.
      func start(_ side: Int) -> Int64 { Int64.random(in: Int64(-20) << 32...Int64(side + 20) << 32, using: &generator) }
      var line = sf_line(
        x: start(width), y: start(height), x_step: generator.step(), y_step: generator.step(), stride: Int32(stride),
        last_x: Int32(width - 1) << 16 - 1, last_y: Int32(height - 1) << 16 - 1)
      let count = Int.random(in: 1...100, using: &generator)
      let (expected, other) = (baseline(&line, first, count: count), baseline(&line, second, count: count))
      for fenced in [atStart, atEnd] {
        var (one, avx2) = ([UInt8](repeating: 77, count: count + 1), [UInt8](repeating: 77, count: count + 1))
        var (left, right, plain) = (one, one, one)
        sf_resample_baseline(&line, fenced.0.bytes, &plain, count)
        sf_resample(&line, fenced.0.bytes, &one, count)
        sf_resample_avx2(&line, fenced.0.bytes, &avx2, count)
        sf_resample_two(&line, fenced.0.bytes, fenced.1.bytes, &left, &right, count)
        #expect(plain == expected)
        #expect(one == expected)
        #expect(avx2 == expected)
        #expect(left == expected)
        #expect(right == other)
      }
    }
  }

  private func baseline(_ line: inout sf_line, _ source: [UInt8], count: Int) -> [UInt8] {
    // The byte after the end would be overwritten by a write that goes too far.
    var target = [UInt8](repeating: 77, count: count + 1)
    sf_resample_baseline(&line, source, &target, count)
    return target
  }

  private func expectSame(_ line: inout sf_line, _ first: [UInt8], _ second: [UInt8], count: Int) {
    let (expected, other) = (baseline(&line, first, count: count), baseline(&line, second, count: count))
    var (one, avx2) = ([UInt8](repeating: 77, count: count + 1), [UInt8](repeating: 77, count: count + 1))
    var (left, right) = (one, one)
    sf_resample(&line, first, &one, count)
    sf_resample_avx2(&line, first, &avx2, count)
    sf_resample_two(&line, first, second, &left, &right, count)
    #expect(expected[count] == 77)
    #expect(one == expected)
    #expect(avx2 == expected)
    #expect(left == expected)
    #expect(right == other)
  }
}

extension SeededGenerator {
  fileprivate mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &self) } }

  /// A random step of up to eight samples, 32.32. Often it is near the limits of the widest vectors' boxes, where sixteen positions and their
  /// neighbours only just fit into 32, 16, 8 or 4 samples, or only just do not.
  fileprivate mutating func step() -> Int64 {
    let size: Int64
    switch Int.random(in: 0...5, using: &self) {
    case 0: size = Int64.random(in: 0...8 << 32, using: &self)
    case 1, 2:
      let limit = [30, 14, 6, 2][Int.random(in: 0...3, using: &self)] << 32 / 15 as Int64
      size = limit + Int64.random(in: -2...2, using: &self) << 16
    default: size = Int64.random(in: 0...1 << 32, using: &self)
    }
    return Bool.random(using: &self) ? size : -size
  }
}

/// Bytes that begin right after memory that must not be accessed, or end right before it.
private final class FencedBytes {
  enum End { case start, end }

  struct Failure: Error {}

  let bytes: UnsafePointer<UInt8>
  private let map: UnsafeMutableRawPointer
  private let length: Int

  init(_ content: [UInt8], end: End) throws {
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let inner = (content.count + page - 1) / page * page
    length = inner + 2 * page
    let map = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard let map, map != MAP_FAILED else { throw Failure() }
    self.map = map
    let start = map + page + (end == .start ? 0 : inner - content.count)
    UnsafeMutableRawBufferPointer(start: start, count: content.count).copyBytes(from: content)
    bytes = UnsafePointer(start.assumingMemoryBound(to: UInt8.self))
    guard mprotect(map, page, PROT_NONE) == 0, mprotect(map + page + inner, page, PROT_NONE) == 0 else { throw Failure() }
  }

  deinit { munmap(map, length) }
}
