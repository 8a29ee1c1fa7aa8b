public import FaceNetworks
public import Imaging

/// The line through the glabella and the chin, the bony midpoints of a face.
///
/// The glabella is the point between the medial ends of the eyebrows (mesh points 55 and 285), the chin is mesh point 152. In a palsied face,
/// the mouth and the tip of the nose are pulled to one side, but the bones are not. The mesh's points follow the skin, so `MidlineReference` corrects the line.
public struct Midline: Hashable, Sendable {
  /// Pixels; 0 is the centre of the first pixel.
  public let glabella: SIMD2<Double>
  /// Pixels, as `glabella`.
  public let chin: SIMD2<Double>

  /// Creates the line through two points; `nil` if they coincide or are not finite.
  public init?(glabella: SIMD2<Double>, chin: SIMD2<Double>) {
    let span = chin - glabella
    let length = (span * span).sum()
    guard length > 0, length.isFinite else { return nil }
    self.glabella = glabella
    self.chin = chin
  }

  /// Creates the midline through a mesh's own points; `nil` if the mesh has collapsed to a point.
  public init?(_ mesh: FaceMesh) {
    self.init(glabella: (mesh.point(55) + mesh.point(285)) / 2, chin: mesh.point(152))
  }

  /// The line through the glabella, directed to the chin.
  public var axis: ReflectionAxis { ReflectionAxis(point: glabella, direction: chin - glabella) }
}
