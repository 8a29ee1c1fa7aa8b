extension Plane {
  /// Returns the bilinearly interpolated value at a position, which is given in this plane's own samples. Outside the plane, it is the
  /// value of the nearest position on the border.
  func bilinear(_ position: SIMD2<Double>) -> Double {
    let (x0, x1, fx) = taps(position.x, width)
    let (y0, y1, fy) = taps(position.y, height)
    let top = Double(self[x0, y0]) + (Double(self[x1, y0]) - Double(self[x0, y0])) * fx
    let bottom = Double(self[x0, y1]) + (Double(self[x1, y1]) - Double(self[x0, y1])) * fx
    return top + (bottom - top) * fy
  }

  private func taps(_ coordinate: Double, _ size: Int) -> (Int, Int, Double) {
    // The comparison also sends NaN, which may come from a network's output, to the border.
    let clamped = coordinate > 0 ? min(Double(size - 1), coordinate) : 0
    let first = min(Int(clamped), max(0, size - 2))
    return (first, min(first + 1, size - 1), clamped - Double(first))
  }
}
