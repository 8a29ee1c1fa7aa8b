public import FaceNetworks
public import Imaging

/// The line through a face's two bony midpoints.
///
/// The ends are the point between the medial ends of the eyebrows (mesh points 55 and 285), which lie over the glabella, and
/// the chin (152): a palsied face's mouth and nose tip are pulled aside, these are not.
public struct Midline: Hashable, Sendable {
  /// Pixels, 0 being the centre of the first pixel.
  public let glabella: SIMD2<Double>
  public let chin: SIMD2<Double>

  /// Two points; `nil` when they coincide or are not finite, since no line goes through them.
  public init?(glabella: SIMD2<Double>, chin: SIMD2<Double>) {
    let span = chin - glabella
    let length = (span * span).sum()
    guard length > 0, length.isFinite else { return nil }
    self.glabella = glabella
    self.chin = chin
  }

  /// The midline of a mesh; `nil` when the mesh is collapsed into a point.
  public init?(_ mesh: FaceMesh) {
    self.init(glabella: (mesh.point(55) + mesh.point(285)) / 2, chin: mesh.point(152))
  }

  /// Through the glabella, directed to the chin.
  public var axis: ReflectionAxis { ReflectionAxis(point: glabella, direction: chin - glabella) }
}
