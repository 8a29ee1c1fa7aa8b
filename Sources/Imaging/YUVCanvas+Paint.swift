/// A colour in a canvas's own numbers.
struct Ink {
  let y, u, v: UInt16
  /// 0…256
  let alpha: UInt32

  init(_ colour: RGBColour, _ alpha: Double, on canvas: YUVColour) {
    let bytes = YUVMatrix(canvas).bytes(of: colour)
    (y, u, v) = (UInt16(bytes.y), UInt16(bytes.u), UInt16(bytes.v))
    self.alpha = UInt32(max(0, min(1, alpha)) * 256)
  }
}

extension YUVCanvas {
  /// Blends a colour in by coverage: luma by each pixel's, chroma by the mean of its four luma pixels'.
  ///
  /// - Parameters:
  ///   - columns: the columns that a row may touch; they may lie outside the picture.
  ///   - coverage: of a pixel in those columns, 0…256.
  @inline(__always)
  func paint(rows: Range<Int>, ink: Ink, columns: (Int) -> Range<Int>, coverage: (_ x: Int, _ y: Int) -> UInt16) {
    let rows = rows.clamped(to: 0..<height)
    guard !rows.isEmpty, ink.alpha > 0 else { return }
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 2 * (width + 2)) { buffer in
      guard let cover = buffer.baseAddress else { return }
      for chromaRow in rows.lowerBound / 2...(rows.upperBound - 1) / 2 {
        var span = 0..<0
        let pair = (2 * chromaRow..<2 * chromaRow + 2).clamped(to: rows)
        for row in pair {
          let touched = columns(row).clamped(to: 0..<width)
          if touched.isEmpty { continue }
          span = span.isEmpty ? touched : min(span.lowerBound, touched.lowerBound)..<max(span.upperBound, touched.upperBound)
        }
        if span.isEmpty { continue }
        // Whole chroma samples, so that the four coverages behind each are known.
        let first = span.lowerBound & ~1
        let count = (span.upperBound - first + 1) & ~1
        for line in 0..<2 {
          let row = 2 * chromaRow + line
          let target = cover + line * (width + 2)
          target.update(repeating: 0, count: count)
          guard pair.contains(row) else { continue }
          let touched = columns(row).clamped(to: 0..<width)
          for x in touched { target[x - first] = UInt16(truncatingIfNeeded: (UInt32(coverage(x, row)) * ink.alpha) >> 8) }
          blend(y.base + row * y.stride + first, ink.y, target, min(count, width - first))
        }
        // A picture of odd size ends in chroma samples that have only one column or row of luma.
        let second = cover + (width + 2)
        if first + count > width { for line in [cover, second] { line[count - 1] = line[count - 2] } }
        if 2 * chromaRow + 1 == height { second.update(from: cover, count: count) }
        for pixel in 0..<count / 2 {
          let sum = cover[2 * pixel] + cover[2 * pixel + 1] + second[2 * pixel] + second[2 * pixel + 1]
          cover[pixel] = (sum + 2) >> 2
        }
        blend(u.base + chromaRow * u.stride + first / 2, ink.u, cover, count / 2)
        blend(v.base + chromaRow * v.stride + first / 2, ink.v, cover, count / 2)
      }
    }
  }

  @inline(__always)
  private func blend(_ target: UnsafeMutablePointer<UInt8>, _ value: UInt16, _ cover: UnsafePointer<UInt16>, _ count: Int) {
    for index in 0..<count {
      let mixed = UInt16(target[index]) &* (256 &- cover[index]) &+ value &* cover[index] &+ 128
      target[index] = UInt8(truncatingIfNeeded: mixed >> 8)
    }
  }
}
