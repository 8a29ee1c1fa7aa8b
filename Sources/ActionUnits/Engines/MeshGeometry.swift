import Imaging

/// Proportions of a face, measured on MediaPipe's mesh in the plane of the image.
struct MeshGeometry {
  /// The mean of both eyes' aspect ratios.
  let eyeAspectRatio: Double
  /// How far the eyes are open; the same as `eyeAspectRatio`.
  var eyeOpening: Double { eyeAspectRatio }
  /// The distance between the inner rims of the lips at their middle, in units of the distance between the eyes' outer corners.
  let lipGap: Double
  /// How far the outer ends of the alae lie above the base of the nose (subnasale), in units of the nose's length from the line
  /// between the eyes' inner corners to that base; measured along the face's vertical.
  let alarRise: Double

  private enum Point {
    static let outerCorners = (right: 33, left: 263)
    static let innerCorners = (right: 133, left: 362)
    static let innerLips = (upper: 13, lower: 14)
    static let alae = (right: 129, left: 358)
    static let subnasale = 2
  }

  /// Measures a face.
  /// - Parameter landmarks: the 478 points of the mesh, in pixels.
  init(_ landmarks: [SIMD3<Double>]) {
    func point(_ index: Int) -> SIMD2<Double> { SIMD2(landmarks[index].x, landmarks[index].y) }
    eyeAspectRatio = EyeAspectRatio(mesh: landmarks).mean
    let across = point(Point.outerCorners.left) - point(Point.outerCorners.right)
    let unit = across.length
    guard unit > 0 else {
      lipGap = 0
      alarRise = 0
      return
    }
    lipGap = (point(Point.innerLips.upper) - point(Point.innerLips.lower)).length / unit
    // The direction towards the chin: the direction towards the person's left, turned by 90° clockwise in the image.
    let down = SIMD2(-across.y, across.x) / unit
    let root = (point(Point.innerCorners.right) + point(Point.innerCorners.left)) / 2
    let nose = ((point(Point.subnasale) - root) * down).sum()
    let alae = (((point(Point.alae.right) + point(Point.alae.left)) / 2 - root) * down).sum()
    alarRise = nose == 0 ? 0 : (nose - alae) / nose
  }
}
