import FaceNetworks
import FaceTracking
import Foundation
import Testing

@Suite("Head pose and quality")
struct HeadPoseTests {
  /// A schematic head whose landmarks suit the definition of the pose: mirrored pairs are level and equally deep, and the forehead is above the
  /// cheekbones.
  static func head(yaw: Double = 0, pitch: Double = 0, roll: Double = 0, size: Double = 100, presence: Double = 1) -> FaceMesh {
    var points = [SIMD3<Double>](repeating: .zero, count: FaceMesh.pointCount)
    let pairs: [(Int, Int, SIMD3<Double>)] = [
      (67, 297, SIMD3(0.3, -0.9, 0)), (103, 332, SIMD3(0.5, -0.8, 0)), (54, 284, SIMD3(0.6, -0.6, 0.2)),
      (21, 251, SIMD3(0.7, -0.4, 0.4)), (127, 356, SIMD3(0.8, -0.1, 0.6)), (234, 454, SIMD3(0.8, 0.1, 0.7)),
      (93, 323, SIMD3(0.8, 0.3, 0.7)), (132, 361, SIMD3(0.75, 0.5, 0.7)), (33, 263, SIMD3(0.45, 0, 0.1)),
      (133, 362, SIMD3(0.2, 0, 0)), (50, 280, SIMD3(0.4, 0.3, 0)), (123, 352, SIMD3(0.6, 0.3, 0)), (205, 425, SIMD3(0.4, 0.4, 0)),
    ]
    for (right, left, p) in pairs {
      points[left] = p
      points[right] = SIMD3(-p.x, p.y, p.z)
    }
    points[10] = SIMD3(0, -1, 0)
    let (a, b, c) = (yaw * .pi / 180, -pitch * .pi / 180, roll * .pi / 180)
    let landmarks = points.map { p in
      let x = SIMD3(p.x, p.y * cos(b) - p.z * sin(b), p.y * sin(b) + p.z * cos(b))
      let y = SIMD3(x.x * cos(a) - x.z * sin(a), x.y, x.x * sin(a) + x.z * cos(a))
      return SIMD3(y.x * cos(c) - y.y * sin(c) + 5, y.x * sin(c) + y.y * cos(c) + 5, y.z) * size
    }
    return FaceMesh(
      landmarks: landmarks, presence: presence, region: FaceRegion(centre: .zero, width: 1, height: 1, rotation: 0))
  }

  @Test("A head turned by known angles has these angles", arguments: [-35.0, -5, 0, 20], [-20.0, 0, 30])
  func angles(yaw: Double, pitch: Double) {
    for roll in [-170.0, -40, 0, 15, 90] {
      let pose = HeadPose(Self.head(yaw: yaw, pitch: pitch, roll: roll))
      #expect(abs(pose.yaw - yaw) < 1e-9)
      #expect(abs(pose.pitch - pitch) < 1e-9)
      #expect(abs(pose.roll - roll) < 1e-9)
    }
  }

  @Test("The signs are: yaw to the person's left, pitch up and roll clockwise are positive")
  func signs() {
    // z is smaller towards the camera.
    let turned = Self.head(yaw: 30)
    #expect(turned.landmarks[263].z > turned.landmarks[33].z)
    let up = Self.head(pitch: 20)
    #expect(up.landmarks[50].z < up.landmarks[10].z)
    let tilted = Self.head(roll: 20)
    #expect(tilted.landmarks[50].x + tilted.landmarks[280].x < 2 * tilted.landmarks[10].x)
  }

  @Test("Depths stretched by a known factor give the same pose")
  func depthScale() {
    var mesh = Self.head(yaw: 12, pitch: -7, roll: 60)
    let pose = HeadPose(mesh)
    for index in mesh.landmarks.indices { mesh.landmarks[index].z *= 1.7 }
    mesh.depthScale = 1.7
    let other = HeadPose(mesh)
    #expect(abs(pose.yaw - other.yaw) < 1e-9)
    #expect(abs(pose.pitch - other.pitch) < 1e-9)
    #expect(abs(pose.roll - other.roll) < 1e-9)
  }

  static func quality(_ mesh: FaceMesh, width: Int = 1000, height: Int = 1000) -> FaceQuality {
    FaceQuality(mesh: mesh, pose: HeadPose(mesh), imageWidth: width, imageHeight: height)
  }

  @Test("A level, large, complete face is good, and the limiting factor of any other is named")
  func quality() {
    let best = Self.quality(Self.head())
    #expect(best.value == 1)
    #expect(best.grade == .good)
    let cases: [(FaceMesh, FaceQuality.Factor)] = [
      (Self.head(yaw: 28), .yaw), (Self.head(pitch: -38), .pitch), (Self.head(roll: 58), .roll), (Self.head(size: 20), .size),
      (Self.head(presence: 0.55), .presence),
    ]
    for (mesh, factor) in cases {
      let quality = Self.quality(mesh)
      #expect(quality.limit == factor)
      #expect(quality.grade == .poor)
      #expect(quality.value < 1.0 / 3)
    }
    // All landmarks are to the right of the image.
    #expect(Self.quality(Self.head(), width: 100).limit == .completeness)
  }

  @Test("Quality never rises with yaw")
  func monotonic() {
    let values = stride(from: 0.0, through: 60, by: 1).map { Self.quality(Self.head(yaw: $0)).value }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 >= $1 })
    #expect(Self.quality(Self.head(yaw: 13)).grade == .good)
    #expect(Self.quality(Self.head(yaw: 21)).grade == .fair)
    #expect(Self.quality(Self.head(yaw: 22)).grade == .poor)
  }
}
