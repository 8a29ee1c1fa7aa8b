/// A straight stroke with round ends; from a point to itself it is a disc.
struct Capsule: Shape {
  private let start: SIMD2<Double>
  private let along: SIMD2<Double>
  private let lengthSquared: Double
  private let radius: Double
  /// Squared distances from the core up to which a pixel is covered whole, and from which on it is not at all.
  private let wholeSquared, outsideSquared: Double

  init(from start: SIMD2<Double>, to end: SIMD2<Double>, width: Double) {
    self.start = start
    along = end - start
    lengthSquared = (along * along).sum()
    radius = width / 2
    wholeSquared = radius > 0.5 ? (radius - 0.5) * (radius - 0.5) : -1
    outsideSquared = (radius + 0.5) * (radius + 0.5)
  }

  var rows: Range<Int> {
    let reach = radius + 0.5
    return Self.pixels(from: start.y + min(0, along.y) - reach, to: start.y + max(0, along.y) + reach)
  }

  /// Where the row comes near the stroke's core.
  func columns(in row: Int) -> Range<Int> {
    let reach = radius + 0.5
    var low = min(0, along.x)
    var high = max(0, along.x)
    if abs(along.y) > 1e-9 {
      // The part of the core that a pixel of this row can reach. Perpendicular to a slanted stroke the reach is oblique, so
      // the whole circle's height is taken.
      let t0 = (Double(row) - reach - start.y) / along.y
      let t1 = (Double(row) + reach - start.y) / along.y
      let first = max(0, min(1, min(t0, t1))) * along.x
      let last = max(0, min(1, max(t0, t1))) * along.x
      low = min(first, last)
      high = max(first, last)
    }
    return Self.pixels(from: start.x + low - reach, to: start.x + high + reach)
  }

  /// How much of a pixel it covers, 0…256, from the distance of the pixel's centre to the edge.
  func coverage(_ x: Int, _ y: Int) -> UInt16 {
    let p = SIMD2(Double(x), Double(y)) - start
    let t = lengthSquared > 0 ? max(0, min(1, (p * along).sum() / lengthSquared)) : 0
    let away = p - along * t
    let distanceSquared = (away * away).sum()
    if distanceSquared >= outsideSquared { return 0 }
    if distanceSquared <= wholeSquared { return 256 }
    let inside = radius + 0.5 - distanceSquared.squareRoot()
    return UInt16(max(0, min(1, inside)) * 256)
  }

  func cover(_ columns: Range<Int>, row: Int, into coverage: UnsafeMutablePointer<UInt16>) {
    for column in columns { coverage[column - columns.lowerBound] = self.coverage(column, row) }
  }

  private static func pixels(from low: Double, to high: Double) -> Range<Int> {
    // Far outside any picture; keeps the conversion below from trapping.
    let limit = 1e6
    let first = max(-limit, min(limit, low)).rounded(.up)
    let last = max(-limit, min(limit, high)).rounded(.down)
    return first <= last ? Int(first)..<Int(last) + 1 : 0..<0
  }
}
