public import FaceNetworks
public import Imaging

/// How far an eye is open: the mean of three distances between upper and lower lid over the distance between the corners.
///
/// After Soukupová & Čech, "Real-Time Eye Blink Detection using Facial Landmarks" (2016), with three lid pairs instead of their two:
/// WFLW has three on each lid, and the same three can be found on MediaPipe's mesh.
public struct EyeAspectRatio: Hashable, Sendable {
  /// The points of one eye: two corners, and pairs of an upper and a lower lid point.
  struct Eye: Sendable {
    let corners: (outer: Int, inner: Int)
    let lids: [(upper: Int, lower: Int)]

    /// The eyes of MediaPipe's mesh, the person's own sides.
    static let meshRight = Eye(corners: (33, 133), lids: [(160, 144), (159, 145), (158, 153)])
    static let meshLeft = Eye(corners: (263, 362), lids: [(387, 373), (386, 374), (385, 380)])
    /// The eyes of the 98 points of WFLW; in each, eight points from one corner over the upper lid and back along the lower one.
    static let wflwRight = Eye(corners: (60, 64), lids: [(61, 67), (62, 66), (63, 65)])
    static let wflwLeft = Eye(corners: (68, 72), lids: [(69, 75), (70, 74), (71, 73)])
  }

  /// The person's right eye.
  public var right: Double
  /// The person's left eye.
  public var left: Double

  public var mean: Double { (right + left) / 2 }

  /// - Parameter landmarks: the 478 points of MediaPipe's mesh.
  public init(mesh landmarks: [SIMD3<Double>]) {
    let points = landmarks.map { SIMD2($0.x, $0.y) }
    right = Self.ratio(of: .meshRight, points)
    left = Self.ratio(of: .meshLeft, points)
  }

  /// - Parameter landmarks: the 98 points of WFLW.
  public init(wflw landmarks: [SIMD2<Double>]) {
    right = Self.ratio(of: .wflwRight, landmarks)
    left = Self.ratio(of: .wflwLeft, landmarks)
  }

  /// The ratio of the eye that a mirrored picture shows twice.
  /// - Parameters:
  ///   - mesh: of the source picture.
  ///   - axis: the line that the picture is reflected across.
  ///   - side: the half that is kept.
  public static func ofKeptEye(mesh: FaceMesh, axis: ReflectionAxis, keeping side: KeptSide) -> Double {
    let points = mesh.points
    let ratios = EyeAspectRatio(mesh: mesh.landmarks)
    let centre = (points[Eye.meshRight.corners.outer] + points[Eye.meshRight.corners.inner]) / 2
    let rightIsKept = (axis.signedDistance(centre) >= 0) == (side == .positive)
    return rightIsKept ? ratios.right : ratios.left
  }

  /// - Returns: 0 where both corners are one point.
  static func ratio(of eye: Eye, _ points: [SIMD2<Double>]) -> Double {
    let width = (points[eye.corners.outer] - points[eye.corners.inner]).length
    guard width > 0 else { return 0 }
    let opening = eye.lids.reduce(0) { $0 + (points[$1.upper] - points[$1.lower]).length }
    return opening / (Double(eye.lids.count) * width)
  }

  /// For the engine `mediapipe` a blink is present from the middle of its scale on, where the lids have gone half the way.
  static let blinkPresenceThreshold = 2.5

  /// Blink (AU45) on 0–5: 0 from a ratio of 0.25 on, 5 from 0.05 down, linear between. The two ends are those of the system that this
  /// project succeeds.
  public static func blinkIntensity(_ ratio: Double) -> Float { Float(5 * min(max((0.25 - ratio) / 0.2, 0), 1)) }
}
