public import FaceNetworks
public import Imaging

/// How far each eye is open: the mean of three distances between the upper and the lower lid, divided by the distance between the corners
/// of the eye.
///
/// The ratio follows Soukupová & Čech, "Real-Time Eye Blink Detection using Facial Landmarks" (2016), but uses three pairs of lid points
/// instead of two: WFLW has three points on each lid, and MediaPipe's mesh has points at the same places.
public struct EyeAspectRatio: Hashable, Sendable {
  /// The indices of the points of one eye: its two corners, and pairs of one point on the upper and one on the lower lid.
  struct Eye: Sendable {
    let corners: (outer: Int, inner: Int)
    let lids: [(upper: Int, lower: Int)]

    /// The eyes in MediaPipe's mesh; right and left are the person's own.
    static let meshRight = Eye(corners: (33, 133), lids: [(160, 144), (159, 145), (158, 153)])
    static let meshLeft = Eye(corners: (263, 362), lids: [(387, 373), (386, 374), (385, 380)])
    /// The eyes in the 98 points of WFLW. Each eye has eight points, from its first corner along the upper lid and back along the lower
    /// lid.
    static let wflwRight = Eye(corners: (60, 64), lids: [(61, 67), (62, 66), (63, 65)])
    static let wflwLeft = Eye(corners: (68, 72), lids: [(69, 75), (70, 74), (71, 73)])
  }

  /// The ratio of the person's right eye.
  public var right: Double
  /// The ratio of the person's left eye.
  public var left: Double

  /// The mean ratio of both eyes.
  public var mean: Double { (right + left) / 2 }

  /// Calculates the ratios from MediaPipe's mesh.
  /// - Parameter landmarks: the 478 points of the mesh, in pixels.
  public init(mesh landmarks: [SIMD3<Double>]) {
    let points = landmarks.map { SIMD2($0.x, $0.y) }
    right = Self.ratio(of: .meshRight, points)
    left = Self.ratio(of: .meshLeft, points)
  }

  /// Calculates the ratios from WFLW's landmarks.
  /// - Parameter landmarks: the 98 points, in pixels.
  public init(wflw landmarks: [SIMD2<Double>]) {
    right = Self.ratio(of: .wflwRight, landmarks)
    left = Self.ratio(of: .wflwLeft, landmarks)
  }

  /// Returns the ratio of the eye that is on the kept side of the source image. A mirrored image shows this eye twice.
  /// - Parameters:
  ///   - mesh: the mesh of the source image.
  ///   - axis: the line that the image is reflected across.
  ///   - side: the side of the axis that the mirrored image keeps.
  public static func ofKeptEye(mesh: FaceMesh, axis: ReflectionAxis, keeping side: KeptSide) -> Double {
    let points = mesh.points
    let ratios = EyeAspectRatio(mesh: mesh.landmarks)
    let centre = (points[Eye.meshRight.corners.outer] + points[Eye.meshRight.corners.inner]) / 2
    let rightIsKept = (axis.signedDistance(centre) >= 0) == (side == .positive)
    return rightIsKept ? ratios.right : ratios.left
  }

  /// Returns the ratio of one eye; 0 if both corners are the same point.
  static func ratio(of eye: Eye, _ points: [SIMD2<Double>]) -> Double {
    let width = (points[eye.corners.outer] - points[eye.corners.inner]).length
    guard width > 0 else { return 0 }
    let opening = eye.lids.reduce(0) { $0 + (points[$1.upper] - points[$1.lower]).length }
    return opening / (Double(eye.lids.count) * width)
  }

  /// The intensity from which the engine `mediapipe` counts a blink as present. It is the middle of the scale, where the eye is half
  /// closed.
  static let blinkPresenceThreshold = 2.5

  /// Returns the intensity of a blink (AU45), 0…5. It is 0 for ratios of 0.25 and more, 5 for ratios of 0.05 and less, and linear between
  /// these limits, which are the same as in the original SplitFace.
  public static func blinkIntensity(_ ratio: Double) -> Float { Float(5 * min(max((0.25 - ratio) / 0.2, 0), 1)) }
}
