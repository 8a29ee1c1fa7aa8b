import CKernels
import Testing

/// The kernel gives the same bytes with this processor's widest vectors and with those that every processor has.
struct ResampleKernelTests {
  @Test func isTheSameWithAllVectors() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let (width, height) = (Int.random(in: 2...70, using: &generator), Int.random(in: 2...40, using: &generator))
      let stride = width + Int.random(in: 0...9, using: &generator)
      let source = (0..<stride * height).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let count = Int.random(in: 0...90, using: &generator)
      func step() -> Int64 { Int64.random(in: -1 << 32...1 << 32, using: &generator) }
      func start(_ side: Int) -> Int64 { Int64.random(in: -2 * Int64(side) << 32...3 * Int64(side) << 32, using: &generator) }
      var line = sf_line(
        x: start(width), y: start(height), x_step: step(), y_step: step(), stride: Int32(stride), last_x: Int32(width - 1) << 16 - 1,
        last_y: Int32(height - 1) << 16 - 1)
      // A byte behind the end shows writes that go too far.
      var (widest, baseline) = ([UInt8](repeating: 77, count: count + 1), [UInt8](repeating: 77, count: count + 1))
      var (first, second) = (widest, widest)
      sf_resample(&line, source, &widest, count)
      sf_resample_baseline(&line, source, &baseline, count)
      sf_resample_two(&line, source, source, &first, &second, count)
      #expect(widest == baseline && first == baseline && second == baseline && baseline[count] == 77)
    }
  }
}
