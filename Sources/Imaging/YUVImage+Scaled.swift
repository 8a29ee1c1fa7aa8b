extension YUVImage {
  /// Returns a part of the image at another size, for viewing.
  ///
  /// Each new sample is the mean of the area that it covers, to avoid aliasing. Samples at the edges of the area are weighted by their
  /// share in it. If the area is smaller than a sample, the nearest sample is used. Chroma is read at the positions given by its siting.
  /// - Parameters:
  ///   - area: the part to show. Outside the image, the border of the image is repeated.
  ///   - width: the width of the result in pixels.
  ///   - height: the height of the result in pixels.
  public func scaled(_ area: PixelArea, width: Int, height: Int) -> YUVImage {
    let canvas = YUVCanvas(width: width, height: height, colour: colour)
    let scale = SIMD2(area.width / Double(width), area.height / Double(height))
    // The edges of the covered areas are in continuous coordinates, where the first sample spans 0…1.
    let corner = SIMD2(area.x + 0.5, area.y + 0.5)
    y.reduce(into: canvas.y, corner: corner, scale: scale)
    // A chroma sample represents the 2×2 pixels around its position, in the source and in the result.
    let siting = colour.siting.offset
    let chromaCorner = (corner + (siting - SIMD2(0.5, 0.5)) * (scale - SIMD2(1, 1))) / 2
    u.reduce(into: canvas.u, corner: chromaCorner, scale: scale)
    v.reduce(into: canvas.v, corner: chromaCorner, scale: scale)
    return canvas.finish()
  }
}

extension Plane {
  fileprivate func reduce(into target: MutablePlane, corner: SIMD2<Double>, scale: SIMD2<Double>) {
    let columns = (0..<target.width).map { Taps(from: corner.x + Double($0) * scale.x, length: scale.x, size: width) }
    guard let firstTaps = columns.first, let lastTaps = columns.last else { return }
    // `sums` contains only the columns that are needed, starting with the first of them.
    let origin = firstTaps.first
    var sums = [Float](repeating: 0, count: lastTaps.first + lastTaps.weights.count - origin)
    for row in 0..<target.height {
      let rows = Taps(from: corner.y + Double(row) * scale.y, length: scale.y, size: height)
      for column in sums.indices { sums[column] = 0 }
      for (offset, weight) in rows.weights.enumerated() {
        let line = base + (rows.first + offset) * stride + origin
        for column in sums.indices { sums[column] += Float(line[column]) * weight }
      }
      for (column, taps) in columns.enumerated() {
        var value: Float = 0.5
        for (offset, weight) in taps.weights.enumerated() { value += sums[taps.first - origin + offset] * weight }
        target[column, row] = UInt8(max(0, min(255, value)))
      }
    }
  }
}

/// The samples along one axis that an interval covers, and the share of the interval that falls into each.
private struct Taps {
  let first: Int
  let weights: [Float]

  init(from start: Double, length: Double, size: Int) {
    let low = max(0, min(Double(size) - 1e-6, start))
    let high = max(low, min(Double(size), start + max(length, 1e-6)))
    first = min(size - 1, Int(low))
    let last = max(first, min(size - 1, Int(high.rounded(.up)) - 1))
    let covered = (first...last).map { max(0, min(Double($0 + 1), high) - max(Double($0), low)) }
    let sum = covered.reduce(0, +)
    weights = sum > 0 ? covered.map { Float($0 / sum) } : [1] + [Float](repeating: 0, count: last - first)
  }
}
