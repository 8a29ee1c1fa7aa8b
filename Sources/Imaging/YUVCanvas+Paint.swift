extension YUVCanvas {
  /// Blends a colour in. A luma sample is weighted by the coverage of its pixel, a chroma sample by the mean coverage of its four pixels.
  func paint(_ shape: some Shape, _ ink: Ink) {
    let rows = shape.rows.clamped(to: 0..<height)
    guard !rows.isEmpty, ink.alpha > 0 else { return }
    // A vector of eight chroma samples may extend up to fifteen pixels beyond the row.
    let capacity = width + 15
    withUnsafeTemporaryAllocation(of: UInt16.self, capacity: 3 * capacity) { buffer in
      guard let upper = buffer.baseAddress else { return }
      let lower = upper + capacity
      let means = lower + capacity
      for chromaRow in rows.lowerBound / 2...(rows.upperBound - 1) / 2 {
        let row = 2 * chromaRow
        let above = rows.contains(row) ? shape.columns(in: row).clamped(to: 0..<width) : 0..<0
        let below = rows.contains(row + 1) ? shape.columns(in: row + 1).clamped(to: 0..<width) : 0..<0
        if above.isEmpty && below.isEmpty { continue }
        let span =
          above.isEmpty
          ? below
          : below.isEmpty ? above : min(above.lowerBound, below.lowerBound)..<max(above.upperBound, below.upperBound)
        // The span is widened to whole chroma samples, so that the coverage of all four luma pixels is known.
        let first = span.lowerBound & ~1
        let count = (span.upperBound - first + 1) & ~1
        paintRow(shape, ink, row, above, first, count, upper)
        paintRow(shape, ink, row + 1, below, first, count, lower)
        if row + 1 == height { lower.update(from: upper, count: Self.padded(count)) }
        for pixel in stride(from: 0, to: count / 2, by: 8) {
          let (top, bottom) = (Self.load16(upper + 2 * pixel), Self.load16(lower + 2 * pixel))
          let sum = top.evenHalf &+ top.oddHalf &+ bottom.evenHalf &+ bottom.oddHalf
          Self.store8((sum &+ 2) &>> 2, to: means + pixel)
        }
        blend(u.base + chromaRow * u.stride + first / 2, ink.u, means, count / 2)
        blend(v.base + chromaRow * v.stride + first / 2, ink.v, means, count / 2)
      }
    }
  }

  /// Rounds a number of pixels up to whole vectors of eight chroma samples.
  private static func padded(_ count: Int) -> Int { (count + 15) & ~15 }

  @inline(__always)
  private static func load16(_ source: UnsafePointer<UInt16>) -> SIMD16<UInt16> {
    UnsafeRawPointer(source).loadUnaligned(as: SIMD16<UInt16>.self)
  }

  @inline(__always)
  private static func load8(_ source: UnsafePointer<UInt16>) -> SIMD8<UInt16> {
    UnsafeRawPointer(source).loadUnaligned(as: SIMD8<UInt16>.self)
  }

  @inline(__always)
  private static func store8(_ values: SIMD8<UInt16>, to target: UnsafeMutablePointer<UInt16>) {
    UnsafeMutableRawPointer(target).storeBytes(of: values, as: SIMD8<UInt16>.self)
  }

  /// Blends one row of luma and writes its coverage to `cover`. The coverage begins at the column `first` and is padded with zeros to whole
  /// vectors.
  @inline(__always)
  private func paintRow(
    _ shape: some Shape, _ ink: Ink, _ row: Int, _ columns: Range<Int>, _ first: Int, _ count: Int,
    _ cover: UnsafeMutablePointer<UInt16>
  ) {
    let padded = Self.padded(count)
    if columns.isEmpty {
      cover.update(repeating: 0, count: padded)
      return
    }
    let start = columns.lowerBound - first
    cover.update(repeating: 0, count: start)
    shape.cover(columns, row: row, into: cover + start)
    let end = columns.upperBound - first
    (cover + end).update(repeating: 0, count: padded - end)
    if ink.alpha < 256 {
      for index in stride(from: 0, to: count, by: 8) {
        Self.store8((Self.load8(cover + index) &* ink.alpha) &>> 8, to: cover + index)
      }
    }
    blend(y.base + row * y.stride + first, ink.y, cover, count)
    // In an image of odd width, the last chroma sample of a row has only one column of luma.
    if first + count > width { cover[count - 1] = cover[count - 2] }
  }

  /// Blends eight bytes at a time. Bytes without coverage do not change, so a vector may run past the end of the row, into the next row or
  /// into the spare bytes after the last one.
  @inline(__always)
  private func blend(_ target: UnsafeMutablePointer<UInt8>, _ value: UInt16, _ cover: UnsafePointer<UInt16>, _ count: Int) {
    for index in stride(from: 0, to: count, by: 8) {
      let bytes = UnsafeMutableRawPointer(target + index)
      let cover = Self.load8(cover + index)
      let mixed = SIMD8<UInt16>(truncatingIfNeeded: bytes.loadUnaligned(as: SIMD8<UInt8>.self)) &* (256 &- cover) &+ cover &* value &+ 128
      bytes.storeBytes(of: SIMD8<UInt8>(truncatingIfNeeded: mixed &>> 8), as: SIMD8<UInt8>.self)
    }
  }
}
