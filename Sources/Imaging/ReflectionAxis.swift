/// The line that a face is reflected across.
public struct ReflectionAxis: Hashable, Sendable {
  /// A point on the line in pixels, where 0 is the centre of the first pixel.
  public var point: SIMD2<Double>
  /// A unit vector along the line: for a face, from the glabella to the chin.
  public let direction: SIMD2<Double>

  /// Creates the line through a point in a direction.
  ///
  /// - Parameter direction: a vector along the line. Its length may be any except zero.
  public init(point: SIMD2<Double>, direction: SIMD2<Double>) {
    let length = direction.length
    precondition(length > 0 && length.isFinite, "a line has a direction")
    self.point = point
    self.direction = direction / length
  }

  /// The unit vector towards the positive side: the image's left if `direction` points down.
  var normal: SIMD2<Double> { SIMD2(-direction.y, direction.x) }

  /// Returns the mirror image of a point.
  public func reflect(_ p: SIMD2<Double>) -> SIMD2<Double> { p - 2 * signedDistance(p) * normal }

  /// Returns the distance of a point from the line in pixels. If `direction` points down, it is positive on the image's left, where an
  /// ordinary (not selfie-flipped) video shows the person's right half.
  public func signedDistance(_ p: SIMD2<Double>) -> Double { ((p - point) * normal).sum() }

  /// Returns whether a point lies on the given side of the line. A point on the line itself lies on both sides.
  package func isPoint(_ p: SIMD2<Double>, on side: KeptSide) -> Bool {
    let distance = signedDistance(p)
    return side == .positive ? distance >= 0 : distance <= 0
  }
}

/// The side of a `ReflectionAxis` that a reflection keeps, named by the sign of `signedDistance`.
public enum KeptSide: Hashable, Sendable { case positive, negative }
