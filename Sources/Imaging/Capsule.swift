/// A straight stroke with round ends. A stroke from a point to the same point is a disc.
struct Capsule: Shape {
  private let start: SIMD2<Double>
  private let along: SIMD2<Double>
  /// The dot product of `pace` and a pixel's offset from the start is the pixel's place along the core: 0 at the start, 1 at the end.
  private let pace: SIMD2<Float>
  /// The distance from the core, in pixels, up to which the stroke touches a pixel.
  private let reach: Double

  init(from start: SIMD2<Double>, to end: SIMD2<Double>, width: Double) {
    self.start = start
    along = end - start
    let lengthSquared = (along * along).sum()
    // A shorter stroke is a dot, and its pace might exceed the range of a Float.
    pace = lengthSquared > 1e-12 ? SIMD2<Float>(along / lengthSquared) : .zero
    reach = width / 2 + 0.5
  }

  var rows: Range<Int> {
    Self.pixels(from: start.y + min(0, along.y) - reach, to: start.y + max(0, along.y) + reach)
  }

  /// Returns the columns of a row that are near the stroke's core.
  func columns(in row: Int) -> Range<Int> {
    var low = min(0, along.x)
    var high = max(0, along.x)
    if abs(along.y) > 1e-9 {
      // Finds the part of the core that is within reach of this row. On a slanted stroke, the reach is perpendicular to the core rather
      // than to the row, so the full height of the end's circle is used.
      let t0 = (Double(row) - reach - start.y) / along.y
      let t1 = (Double(row) + reach - start.y) / along.y
      let first = max(0, min(1, min(t0, t1))) * along.x
      let last = max(0, min(1, max(t0, t1))) * along.x
      low = min(first, last)
      high = max(first, last)
    }
    return Self.pixels(from: start.x + low - reach, to: start.x + high + reach)
  }

  /// Writes the coverage of each pixel, in steps of 1/256, computed from the distance between the pixel's centre and the stroke's edge.
  func cover(_ columns: Range<Int>, row: Int, into coverage: UnsafeMutablePointer<UInt16>) {
    let across = SIMD2<Float>(along)
    let y = Float(Double(row) - start.y)
    var x = Float(Double(columns.lowerBound) - start.x) + SIMD8<Float>(0, 1, 2, 3, 4, 5, 6, 7)
    for index in stride(from: 0, to: columns.count, by: 8) {
      let t = Self.unit(x * pace.x + y * pace.y)
      let (dx, dy) = (x - t * across.x, y - t * across.y)
      let inside = Self.unit(Float(reach) - (dx * dx + dy * dy).squareRoot())
      // From 2²³ on, a float's last bit is worth 1, so the sum's low bits are the rounded number.
      let rounded = unsafeBitCast(inside * 256 + 0x1p23, to: SIMD8<UInt32>.self) & 0x1FF
      UnsafeMutableRawPointer(coverage + index).storeBytes(of: SIMD8<UInt16>(truncatingIfNeeded: rounded), as: SIMD8<UInt16>.self)
      x += 8
    }
  }

  /// Limits values to 0…1. The method `clamped` is not used, because it would be compiled to one operation per lane.
  @inline(__always)
  private static func unit(_ values: SIMD8<Float>) -> SIMD8<Float> {
    values.replacing(with: 0, where: values .< 0).replacing(with: 1, where: values .> 1)
  }

  private static func pixels(from low: Double, to high: Double) -> Range<Int> {
    // A limit far outside any image, which keeps the conversion to Int from trapping.
    let limit = 1e6
    let first = max(-limit, min(limit, low)).rounded(.up)
    let last = max(-limit, min(limit, high)).rounded(.down)
    return first <= last ? Int(first)..<Int(last) + 1 : 0..<0
  }
}
