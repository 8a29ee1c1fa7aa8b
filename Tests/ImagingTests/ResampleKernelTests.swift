import CKernels
import Foundation
import Testing

/// The kernel gives the same bytes with this processor's widest vectors and with those that every processor has.
struct ResampleKernelTests {
  @Test func isTheSameWithAllVectors() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let (width, height) = (Int.random(in: 2...150, using: &generator), Int.random(in: 2...60, using: &generator))
      let stride = width + Int.random(in: 0...9, using: &generator)
      let source = (0..<stride * height).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let count = Int.random(in: 0...150, using: &generator)
      func step() -> Int64 { Int64.random(in: -1 << 32...1 << 32, using: &generator) }
      func start(_ side: Int) -> Int64 { Int64.random(in: -2 * Int64(side) << 32...3 * Int64(side) << 32, using: &generator) }
      var line = sf_line(
        x: start(width), y: start(height), x_step: step(), y_step: step(), stride: Int32(stride), last_x: Int32(width - 1) << 16 - 1,
        last_y: Int32(height - 1) << 16 - 1)
      // A byte behind the end shows writes that go too far.
      var (widest, baseline) = ([UInt8](repeating: 77, count: count + 1), [UInt8](repeating: 77, count: count + 1))
      var (first, second, avx2) = (widest, widest, widest)
      sf_resample(&line, source, &widest, count)
      sf_resample_avx2(&line, source, &avx2, count)
      sf_resample_baseline(&line, source, &baseline, count)
      sf_resample_two(&line, source, source, &first, &second, count)
      #expect(widest == baseline && avx2 == baseline && first == baseline && second == baseline && baseline[count] == 77)
    }
  }

  /// Lines through the middle of a picture, as reflections have them: most of them is done by the widest vectors.
  @Test func isTheSameAlongReflections() {
    var generator = SeededGenerator(seed: 12)
    let (width, height) = (333, 240)
    let source = (0..<width * height).map { _ in UInt8.random(in: 0...255, using: &generator) }
    for _ in 0..<500 {
      let angle = Double.random(in: -Double.pi...Double.pi, using: &generator)
      let middle = SIMD2(Double.random(in: 0...Double(width), using: &generator), Double.random(in: 0...Double(height), using: &generator))
      let count = Int.random(in: 1...300, using: &generator)
      func fixed(_ value: Double) -> Int64 { Int64((value * 4_294_967_296).rounded()) }
      let step = SIMD2(cos(angle), sin(angle))
      let start = middle - step * Double(count / 2)
      var line = sf_line(
        x: fixed(start.x), y: fixed(start.y), x_step: fixed(step.x), y_step: fixed(step.y), stride: Int32(width),
        last_x: Int32(width - 1) << 16 - 1, last_y: Int32(height - 1) << 16 - 1)
      var (widest, baseline) = ([UInt8](repeating: 77, count: count + 1), [UInt8](repeating: 77, count: count + 1))
      var (first, second) = (widest, widest)
      sf_resample(&line, source, &widest, count)
      sf_resample_baseline(&line, source, &baseline, count)
      sf_resample_two(&line, source, source, &first, &second, count)
      #expect(widest == baseline && first == baseline && second == baseline && baseline[count] == 77)
    }
  }
}
