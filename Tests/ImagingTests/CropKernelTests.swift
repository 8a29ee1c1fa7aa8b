import CKernels
import TestSupport
import Testing

/// The crop kernel with this processor's widest vectors and with those that every processor has.
struct CropKernelTests {
  @Test func valuesDoNotDependOnTheVectorsUsed() {
    var generator = SeededGenerator(seed: 12)
    for _ in 0..<500 {
      let (width, height) = (Int.random(in: 8...70, using: &generator), Int.random(in: 8...40, using: &generator))
      let (stride, chromaStride) = (width + Int.random(in: 0...9, using: &generator), width / 2 + Int.random(in: 0...9, using: &generator))
      func noise(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) } }
      let (y, u, v) = (noise(stride * height), noise(chromaStride * height / 2), noise(chromaStride * height / 2))
      let count = Int.random(in: 1...40, using: &generator)
      // From a random position in the plane to another.
      func ramp(_ side: Int) -> (Int64, Int64) {
        let last = Int64(side - 1) << 32 - 1
        let (start, end) = (Int64.random(in: 0...last, using: &generator), Int64.random(in: 0...last, using: &generator))
        return (start, count > 1 ? (end - start) / Int64(count - 1) : 0)
      }
      let (lumaX, lumaY, chromaX, chromaY) = (ramp(width), ramp(height), ramp(width / 2), ramp(height / 2))
      func factor() -> Float { Float.random(in: -2...2, using: &generator) }
      var widest = [Float](repeating: -7, count: 3 * (count + 1))
      var baseline = widest
      y.withUnsafeBufferPointer { y in
        u.withUnsafeBufferPointer { u in
          v.withUnsafeBufferPointer { v in
            var row = sf_crop_row(
              luma_x: lumaX.0, luma_y: lumaY.0, chroma_x: chromaX.0, chroma_y: chromaY.0, luma_x_step: lumaX.1, luma_y_step: lumaY.1,
              chroma_x_step: chromaX.1, chroma_y_step: chromaY.1, y: y.baseAddress, u: u.baseAddress, v: v.baseAddress,
              luma_stride: Int32(stride), chroma_stride: Int32(chromaStride),
              luma_ahead: Int.random(in: -99_999...99_999, using: &generator),
              chroma_ahead: Int.random(in: -99_999...99_999, using: &generator), luma_scale: 1.164, red_from_v: factor(),
              green_from_u: factor(), green_from_v: factor(), blue_from_u: factor(), red_bias: factor(), green_bias: factor(),
              blue_bias: factor(), scale: (factor(), factor(), factor()), bias: (factor(), factor(), factor()), planes: (nil, nil, nil))
            func fill(_ out: inout [Float], _ kernel: (UnsafePointer<sf_crop_row>, Int, Int) -> Void) {
              out.withUnsafeMutableBufferPointer { out in
                guard let base = out.baseAddress else { return }
                row.planes = (base, base + count + 1, base + 2 * (count + 1))
                kernel(&row, 0, count)
              }
            }
            fill(&widest, sf_fill_crop_row)
            fill(&baseline, sf_fill_crop_row_baseline)
          }
        }
      }
      #expect(widest.map(\.bitPattern) == baseline.map(\.bitPattern))
      // The number after the end of a plane would be overwritten by a write that goes too far.
      #expect(widest[count] == -7)
      #expect(widest.last == -7)
    }
  }
}
