/// The rotation, scale and translation in three dimensions that bring one set of points closest to another, by least squares.
///
/// Source: Horn, "Closed-form solution of absolute orientation using unit quaternions" (J. Opt. Soc. Am. A 4, 1987).
struct RigidFit {
  /// The columns of the rotation matrix.
  private let columns: [SIMD3<Double>]
  let scale: Double
  /// The centres of the two sets.
  private let source, target: SIMD3<Double>

  /// - Parameters:
  ///   - points: the points to be moved.
  ///   - others: the points to move them to: each one belongs to the element of `points` with the same index.
  /// - Returns: `nil` if the points of one set coincide or are not finite.
  init?(from points: [SIMD3<Double>], to others: [SIMD3<Double>]) {
    precondition(points.count == others.count && !points.isEmpty)
    let count = Double(points.count)
    let source = points.reduce(.zero, +) / count
    let target = others.reduce(.zero, +) / count
    // Column k is the sum of the source's offsets times the k-th coordinate of the target's.
    var products = [SIMD3<Double>](repeating: .zero, count: 3)
    var spread = 0.0
    for (point, other) in zip(points, others) {
      let (a, b) = (point - source, other - target)
      for axis in 0..<3 { products[axis] += a * b[axis] }
      spread += (a * a).sum()
    }
    guard spread > 0, spread.isFinite, let turn = Self.turn(products) else { return nil }
    let aligned = (0..<3).reduce(0) { sum, axis in sum + (0..<3).reduce(0) { $0 + products[axis][$1] * turn[$1][axis] } }
    guard aligned > 0, aligned.isFinite else { return nil }
    columns = turn
    scale = aligned / spread
    (self.source, self.target) = (source, target)
  }

  /// Returns the position of a point of the first set after the fit.
  func apply(_ point: SIMD3<Double>) -> SIMD3<Double> {
    let offset = (point - source) * scale
    return columns[0] * offset.x + columns[1] * offset.y + columns[2] * offset.z + target
  }

  /// Returns the position of a point of the second set before the fit.
  func undo(_ point: SIMD3<Double>) -> SIMD3<Double> {
    let offset = (point - target) / scale
    return SIMD3((columns[0] * offset).sum(), (columns[1] * offset).sum(), (columns[2] * offset).sum()) + source
  }

  /// Returns the columns of the rotation that fits best.
  /// - Parameter s: `s[k][i]` is the sum over the points of the source's coordinate i times the target's coordinate k.
  private static func turn(_ s: [SIMD3<Double>]) -> [SIMD3<Double>]? {
    let (xx, xy, xz) = (s[0].x, s[1].x, s[2].x)
    let (yx, yy, yz) = (s[0].y, s[1].y, s[2].y)
    let (zx, zy, zz) = (s[0].z, s[1].z, s[2].z)
    // The quaternion (w, x, y, z) is the eigenvector of this symmetric matrix's largest eigenvalue.
    var matrix = [
      SIMD4(xx + yy + zz, yz - zy, zx - xz, xy - yx), SIMD4(yz - zy, xx - yy - zz, xy + yx, zx + xz),
      SIMD4(zx - xz, xy + yx, yy - xx - zz, yz + zy), SIMD4(xy - yx, zx + xz, yz + zy, zz - xx - yy),
    ]
    let size = norm(matrix)
    guard size > 0, size.isFinite else { return nil }
    for axis in 0..<4 { matrix[axis][axis] += size }
    // All eigenvalues are now at least zero. Squaring leaves only the eigenvector of the largest: eleven times is the 2048th power.
    for _ in 0..<11 {
      let divisor = norm(matrix)
      matrix = matrix.map { $0 / divisor }
      matrix = matrix.map { column in (0..<4).reduce(SIMD4.zero) { $0 + matrix[$1] * column[$1] } }
    }
    guard let longest = matrix.max(by: { ($0 * $0).sum() < ($1 * $1).sum() }) else { return nil }
    let q = longest / (longest * longest).sum().squareRoot()
    let (w, x, y, z) = (q[0], q[1], q[2], q[3])
    return [
      SIMD3(1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)),
      SIMD3(2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)),
      SIMD3(2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)),
    ]
  }

  private static func norm(_ matrix: [SIMD4<Double>]) -> Double { matrix.reduce(0) { $0 + ($1 * $1).sum() }.squareRoot() }
}
