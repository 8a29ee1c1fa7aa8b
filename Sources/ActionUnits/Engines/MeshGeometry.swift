import Imaging

/// Proportions of a face, measured on MediaPipe's mesh in the plane of the image.
package struct MeshGeometry {
  /// The mean of both eyes' aspect ratios.
  package let eyeAspectRatio: Double
  /// How far the eyes are open; the same as `eyeAspectRatio`.
  package var eyeOpening: Double { eyeAspectRatio }
  /// The distance between the inner rims of the lips at their middle, in units of the distance between the eyes' outer corners.
  package let lipGap: Double
  /// How far the outer ends of the alae lie above the base of the nose (subnasale), in units of the nose's length from the line
  /// between the eyes' inner corners to that base; measured along the face's vertical.
  package let alarRise: Double
  /// How far the inner ends of the brows lie above the corners of the eyes, in units of the length of the nose from its bridge to its base;
  /// both measured along the face's vertical. The length of the nose is used, not the width of the face, because an error of the midline
  /// changes the width of a mirrored face but not its length, and because a nod shortens the height of the brows and the nose alike.
  package let innerBrowHeight: Double
  /// How far the upper edge of the brows, between their peak and their middle, lies above the corners of the eyes. It is measured in the
  /// same way as `innerBrowHeight`.
  package let browPeakHeight: Double

  private enum Point {
    static let outerCorners = (right: 33, left: 263)
    static let innerCorners = (right: 133, left: 362)
    static let innerLips = (upper: 13, lower: 14)
    static let alae = (right: 129, left: 358)
    static let subnasale = 2
    static let bridge = 168
    static let eyeCorners = [33, 133, 362, 263]
    static let innerBrows = [55, 107, 285, 336]
    static let browPeaks = [66, 105, 296, 334]
  }

  /// Measures a face.
  /// - Parameter landmarks: the 478 points of the mesh, in pixels.
  package init(_ landmarks: [SIMD3<Double>]) {
    func point(_ index: Int) -> SIMD2<Double> { SIMD2(landmarks[index].x, landmarks[index].y) }
    eyeAspectRatio = EyeAspectRatio(mesh: landmarks).mean
    let across = point(Point.outerCorners.left) - point(Point.outerCorners.right)
    let unit = across.length
    guard unit > 0 else {
      lipGap = 0
      alarRise = 0
      innerBrowHeight = 0
      browPeakHeight = 0
      return
    }
    lipGap = (point(Point.innerLips.upper) - point(Point.innerLips.lower)).length / unit
    // The direction towards the chin: the direction towards the person's left, turned by 90° clockwise in the image.
    let down = SIMD2(-across.y, across.x) / unit
    let root = (point(Point.innerCorners.right) + point(Point.innerCorners.left)) / 2
    let nose = ((point(Point.subnasale) - root) * down).sum()
    let alae = (((point(Point.alae.right) + point(Point.alae.left)) / 2 - root) * down).sum()
    alarRise = nose == 0 ? 0 : (nose - alae) / nose
    func height(_ indices: [Int]) -> Double { -indices.reduce(0) { $0 + (point($1) * down).sum() } / Double(indices.count) }
    let eyes = height(Point.eyeCorners)
    let bridgeToBase = height([Point.bridge]) - height([Point.subnasale])
    innerBrowHeight = bridgeToBase > 0 ? (height(Point.innerBrows) - eyes) / bridgeToBase : 0
    browPeakHeight = bridgeToBase > 0 ? (height(Point.browPeaks) - eyes) / bridgeToBase : 0
  }
}
