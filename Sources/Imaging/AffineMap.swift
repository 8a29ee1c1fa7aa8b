/// A map from an output grid to source positions: x = a·i + b·j + c, y = d·i + e·j + f for column i and row j.
///
/// Source positions are in luma pixels, where 0 is the centre of the first pixel.
public struct AffineMap: Hashable, Sendable {
  public var a, b, c, d, e, f: Double

  public init(a: Double, b: Double, c: Double, d: Double, e: Double, f: Double) {
    self.a = a
    self.b = b
    self.c = c
    self.d = d
    self.e = e
    self.f = f
  }

  /// Returns the source position of an output position.
  @inlinable public func apply(_ p: SIMD2<Double>) -> SIMD2<Double> {
    SIMD2(a * p.x + b * p.y + c, d * p.x + e * p.y + f)
  }
}
