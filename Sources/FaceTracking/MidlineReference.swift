package import FaceNetworks
import Imaging

/// Where a person's midline lies relative to the landmarks that expression does not move.
///
/// The mesh's chin and brows follow the expression: a smile on one side pulls the chin to that side, so that the mesh's own midline divides
/// the face differently just when the sides differ. So the place of the midline is learnt once, from several frames of a shot. In each frame,
/// it is then moved with the landmarks that expression does not move.
///
/// The place is the median over the looks, so that expressions held for less than half of the looks do not matter, and in three dimensions, so that a
/// turn of the head is not mistaken for a shift of the chin.
package struct MidlineReference: Hashable, Sendable {
  private let rigid: [SIMD3<Double>]
  private let glabella, chin: SIMD3<Double>
  /// How much the glabella and the chin vary sideways over the looks: 1.48 times the median distance from the midline, which is the standard
  /// deviation if the distances are normally distributed. The unit is the distance between the outer corners of the eyes.
  package let glabellaSpread, chinSpread: Double

  /// The smallest number of looks to learn from. The median of fewer might be that of an expression.
  package static let minimumLooks = 5
  /// The largest yaw, in degrees, of a look that is learnt from. Frames in which the head is turned further do not count for findings either.
  static let maximumYaw = 20.0
  /// Up to a yaw of `trustedYaw` degrees, the midline is that of the reference; from `lastYaw` on it is the mesh's own; in between it changes
  /// gradually. If the head is turned far, the network guesses the hidden landmarks. From 30° on, no frame is compared (`FaceQuality`).
  static let trustedYaw = 15.0, lastYaw = 30.0
  /// The longest distance by which an end of the mesh's own midline is corrected; the unit is the distance between the outer corners of
  /// the eyes. A strong one-sided smile moves the chin by 0.03. If a cut was overlooked, the reference may be that of another person; this
  /// limits the damage.
  package static let longestCorrection = 0.06

  /// - Returns: `nil` if fewer than `minimumLooks` looks show the head nearly from the front.
  package init?(_ looks: [HeadLook]) {
    let looks = looks.filter { abs($0.yaw) <= Self.maximumYaw }
    guard looks.count >= Self.minimumLooks, let frontal = looks.min(by: { abs($0.yaw) < abs($1.yaw) }) else { return nil }
    var rigid = frontal.rigid
    // The looks are fitted to their own median shape, which is found step by step. A few rounds are enough.
    for _ in 0..<3 {
      let moved = looks.compactMap { look in RigidFit(from: rigid, to: look.rigid).map { fit in look.rigid.map(fit.undo) } }
      guard moved.count >= Self.minimumLooks else { return nil }
      rigid = rigid.indices.map { index in Self.median(moved.map { $0[index] }) }
    }
    let ends = looks.compactMap { look in
      RigidFit(from: rigid, to: look.rigid).map { (glabella: $0.undo(look.glabella), chin: $0.undo(look.chin)) }
    }
    guard ends.count >= Self.minimumLooks else { return nil }
    self.rigid = rigid
    let (glabella, chin) = (Self.median(ends.map(\.glabella)), Self.median(ends.map(\.chin)))
    (self.glabella, self.chin) = (glabella, chin)
    // `HeadLook.rigidLandmarks` begins with the corners of the eyes: 33, 133, 263.
    let eyes = rigid[2] - rigid[0]
    let width = (eyes * eyes).sum()
    guard width > 0 else { return nil }
    func spread(_ points: [SIMD3<Double>], around middle: SIMD3<Double>) -> Double {
      1.48 * Self.median(points.map { abs((($0 - middle) * eyes).sum()) / width })
    }
    glabellaSpread = spread(ends.map(\.glabella), around: glabella)
    chinSpread = spread(ends.map(\.chin), around: chin)
  }

  /// Returns the midline of a mesh; `nil` if the mesh has collapsed to a point.
  package func midline(of mesh: FaceMesh) -> Midline? {
    guard let own = Midline(mesh) else { return nil }
    let trust = min(max((Self.lastYaw - abs(HeadPose(mesh).yaw)) / (Self.lastYaw - Self.trustedYaw), 0), 1)
    guard trust > 0, let fit = RigidFit(from: rigid, to: HeadLook.rigid(of: mesh)) else { return own }
    let (start, end) = (fit.apply(glabella), fit.apply(chin))
    guard let axis = Midline(glabella: SIMD2(start.x, start.y), chin: SIMD2(end.x, end.y))?.axis else { return own }
    let limit = Self.longestCorrection * (mesh.point(263) - mesh.point(33)).length
    // Each end is moved at a right angle onto the reference's line. It keeps its place along the line, so the chin still moves down when the
    // jaw opens.
    func corrected(_ point: SIMD2<Double>) -> SIMD2<Double> {
      let correction = (axis.reflect(point) - point) / 2
      let length = correction.length
      return point + correction * (length > limit ? limit / length : 1) * trust
    }
    return Midline(glabella: corrected(own.glabella), chin: corrected(own.chin))
  }

  private static func median(_ points: [SIMD3<Double>]) -> SIMD3<Double> {
    SIMD3(median(points.map(\.x)), median(points.map(\.y)), median(points.map(\.z)))
  }

  private static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
  }
}
