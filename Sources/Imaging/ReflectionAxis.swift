/// The line that a face is reflected across.
public struct ReflectionAxis: Hashable, Sendable {
  /// A point on the line, pixels, 0 being the centre of the first pixel.
  public var point: SIMD2<Double>
  /// A unit vector, for a face from the glabella to the chin.
  public let direction: SIMD2<Double>

  /// - Parameter direction: of any length but zero; it is normalised.
  public init(point: SIMD2<Double>, direction: SIMD2<Double>) {
    let length = (direction * direction).sum().squareRoot()
    precondition(length > 0 && length.isFinite, "a line has a direction")
    self.point = point
    self.direction = direction / length
  }

  /// The unit vector towards the positive side: for a direction pointing down, the image's left.
  var normal: SIMD2<Double> { SIMD2(-direction.y, direction.x) }

  /// The mirror image of a point.
  public func reflect(_ p: SIMD2<Double>) -> SIMD2<Double> { p - 2 * signedDistance(p) * normal }

  /// Pixels from the line; positive on the image's left when `direction` points down, which is the side of the person's
  /// right half in an ordinary (not selfie-flipped) video.
  public func signedDistance(_ p: SIMD2<Double>) -> Double { ((p - point) * normal).sum() }
}

/// The side of a `ReflectionAxis` that a reflection keeps: the sign of `signedDistance`.
public enum KeptSide: Hashable, Sendable { case positive, negative }
