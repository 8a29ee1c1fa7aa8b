public import FaceNetworks
import Foundation
import Imaging

/// The direction a head faces, in degrees; (0, 0, 0) looks straight into the camera.
public struct HeadPose: Hashable, Sendable {
  /// Positive if the head is turned to the person's own left: the nose moves to the image's right. −90…90.
  public var yaw: Double
  /// Positive if the person looks up. −180…180.
  public var pitch: Double
  /// Positive if the head is tilted clockwise in the image: the chin moves to the image's left. −180…180.
  public var roll: Double

  public init(yaw: Double, pitch: Double, roll: Double) {
    self.yaw = yaw
    self.pitch = pitch
    self.roll = roll
  }
}

extension HeadPose {
  /// Computes the pose of a mesh, treated as a weak-perspective projection of a rigid head.
  ///
  /// The head's x axis (to the person's left) is the mean direction between landmarks that mirror each other. Its y axis (down) leads from
  /// the middle of the upper forehead's landmarks to the middle of the cheekbones', made perpendicular to x. These points move little with
  /// expression: the jaw, mouth, brows and lids are left out. Then [x y x×y] = Rz(roll)·Ry(−yaw)·Rx(−pitch) with image axes right, down,
  /// away. So turning the image changes only the roll, and mirroring it negates only yaw and roll.
  ///
  /// Yaw and roll are zero for a face whose two sides are equally deep and level, pitch for one whose forehead and cheekbones are equally
  /// deep. Compared with MediaPipe's own transformation matrices, which model a camera's perspective, pitch differed by 0.0° ± 3.1° over
  /// seven faces (mean and standard deviation), yaw and roll by about a degree.
  public init(_ mesh: FaceMesh) {
    func point(_ index: Int) -> SIMD3<Double> {
      let p = mesh.landmarks[index]
      return SIMD3(p.x, p.y, p.z / mesh.depthScale)
    }
    let across = Self.pairs.reduce(SIMD3<Double>.zero) { $0 + point($1.left) - point($1.right) }
    func middle(_ pairs: [(right: Int, left: Int)]) -> SIMD3<Double> {
      pairs.reduce(.zero) { $0 + (point($1.right) + point($1.left)) / 2 } / Double(pairs.count)
    }
    let x = Self.unit(across)
    let down = middle(Self.cheekbones) - middle(Self.forehead)
    let y = Self.unit(down - x * (down * x).sum())
    let z = SIMD3(x.y * y.z - x.z * y.y, x.z * y.x - x.x * y.z, x.x * y.y - x.y * y.x)
    let degrees = 180 / Double.pi
    yaw = asin(min(max(x.z, -1), 1)) * degrees
    pitch = atan2(-y.z, z.z) * degrees
    roll = atan2(x.y, x.x) * degrees
  }

  /// Landmarks along the hairline; 10 is its middle.
  private static let forehead = [(right: 67, left: 297), (right: 103, left: 332), (right: 10, left: 10)]
  /// Landmarks on the cheekbones.
  private static let cheekbones = [(right: 50, left: 280), (right: 123, left: 352), (right: 205, left: 425)]
  /// Pairs that mirror each other: on the hairline, the temples, in front of the ears, and at the corners of the eyes.
  private static let pairs = [
    (right: 67, left: 297), (right: 103, left: 332), (right: 54, left: 284), (right: 21, left: 251), (right: 127, left: 356),
    (right: 234, left: 454), (right: 93, left: 323), (right: 132, left: 361), (right: 33, left: 263), (right: 133, left: 362),
  ]

  private static func unit(_ v: SIMD3<Double>) -> SIMD3<Double> {
    let length = v.length
    return length > 0 ? v / length : .zero
  }
}
