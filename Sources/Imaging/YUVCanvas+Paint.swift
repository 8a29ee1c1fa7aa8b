/// Something to draw: how much of each pixel it covers.
protocol Shape {
  /// Rows that it touches; they may lie outside the picture.
  var rows: Range<Int> { get }
  /// The columns that it may touch in a row; they may lie outside the picture.
  func columns(in row: Int) -> Range<Int>
  /// Writes the coverage, 0…256, of consecutive pixels of a row, all within `columns(in:)`.
  func cover(_ columns: Range<Int>, row: Int, into coverage: UnsafeMutablePointer<UInt16>)
}

/// A colour in a canvas's own numbers.
struct Ink {
  let y, u, v: UInt16
  /// 0…256
  let alpha: UInt16

  init(_ colour: RGBColour, _ alpha: Double, on canvas: YUVColour) {
    let bytes = YUVMatrix(canvas).bytes(of: colour)
    (y, u, v) = (UInt16(bytes.y), UInt16(bytes.u), UInt16(bytes.v))
    self.alpha = alpha > 0 ? UInt16((min(1, alpha) * 256).rounded()) : 0
  }
}

extension YUVCanvas {
  /// Blends a colour in by coverage: luma by each pixel's, chroma by the mean of its four luma pixels'.
  func paint(_ shape: some Shape, _ ink: Ink) {
    let rows = shape.rows.clamped(to: 0..<height)
    guard !rows.isEmpty, ink.alpha > 0 else { return }
    let capacity = width + 2
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 2 * capacity) { buffer in
      guard let upper = buffer.baseAddress else { return }
      let lower = upper + capacity
      for chromaRow in rows.lowerBound / 2...(rows.upperBound - 1) / 2 {
        let row = 2 * chromaRow
        let above = rows.contains(row) ? shape.columns(in: row).clamped(to: 0..<width) : 0..<0
        let below = rows.contains(row + 1) ? shape.columns(in: row + 1).clamped(to: 0..<width) : 0..<0
        if above.isEmpty && below.isEmpty { continue }
        let span =
          above.isEmpty
          ? below
          : below.isEmpty ? above : min(above.lowerBound, below.lowerBound)..<max(above.upperBound, below.upperBound)
        // Whole chroma samples, so that the four coverages behind each are known.
        let first = span.lowerBound & ~1
        let count = (span.upperBound - first + 1) & ~1
        paintRow(shape, ink, row, above, first, count, upper)
        paintRow(shape, ink, row + 1, below, first, count, lower)
        if row + 1 == height { lower.update(from: upper, count: count) }
        for pixel in 0..<count / 2 {
          let sum = upper[2 * pixel] &+ upper[2 * pixel &+ 1] &+ lower[2 * pixel] &+ lower[2 * pixel &+ 1]
          upper[pixel] = (sum &+ 2) >> 2
        }
        blend(u.base + chromaRow * u.stride + first / 2, ink.u, upper, count / 2)
        blend(v.base + chromaRow * v.stride + first / 2, ink.v, upper, count / 2)
      }
    }
  }

  /// Blends one row of luma and leaves its coverage, from `first` on, behind.
  @inline(__always)
  private func paintRow(
    _ shape: some Shape, _ ink: Ink, _ row: Int, _ columns: Range<Int>, _ first: Int, _ count: Int,
    _ cover: UnsafeMutablePointer<UInt16>
  ) {
    if columns.isEmpty {
      cover.update(repeating: 0, count: count)
      return
    }
    let start = columns.lowerBound - first
    cover.update(repeating: 0, count: start)
    shape.cover(columns, row: row, into: cover + start)
    let end = columns.upperBound - first
    (cover + end).update(repeating: 0, count: count - end)
    if ink.alpha < 256 {
      for index in 0..<count { cover[index] = (cover[index] &* ink.alpha) >> 8 }
    }
    blend(y.base + row * y.stride + first, ink.y, cover, min(count, width - first))
    // A picture of odd width ends in chroma samples that have only one column of luma.
    if first + count > width { cover[count - 1] = cover[count - 2] }
  }

  @inline(__always)
  private func blend(_ target: UnsafeMutablePointer<UInt8>, _ value: UInt16, _ cover: UnsafePointer<UInt16>, _ count: Int) {
    for index in 0..<count {
      let mixed = UInt16(target[index]) &* (256 &- cover[index]) &+ value &* cover[index] &+ 128
      target[index] = UInt8(truncatingIfNeeded: mixed >> 8)
    }
  }
}
