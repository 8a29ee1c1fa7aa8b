import FaceNetworks
import FaceTracking
import Foundation
import Imaging
import TestSupport
import Testing

@Suite("The head's midline")
struct MidlineReferenceTests {
  /// A head seen from the front: points on both sides of the line x = 0, in distances between the outer corners of the eyes.
  static let head: [SIMD3<Double>] = {
    var points = [SIMD3<Double>](repeating: SIMD3(0, 0.2, 0), count: FaceMesh.pointCount)
    var random = SeededGenerator(seed: 3)
    let pairs = [(33, 263), (133, 362), (122, 351), (196, 419), (174, 399), (193, 417), (55, 285), (61, 291)]
    for (right, left) in pairs {
      let point = SIMD3(random.next(in: 0.1...0.5), random.next(in: -0.2...0.5), random.next(in: -0.4...0))
      points[left] = point
      points[right] = SIMD3(-point.x, point.y, point.z)
    }
    (points[33], points[263]) = (SIMD3(-0.5, 0, 0.1), SIMD3(0.5, 0, 0.1))
    for (place, index) in [168, 6, 197, 195, 5, 4, 1].enumerated() {
      points[index] = SIMD3(0, 0.07 * Double(place), -0.1 - 0.04 * Double(place))
    }
    // What the head's pose is computed from.
    let outline = [
      (67, 297), (103, 332), (54, 284), (21, 251), (127, 356), (234, 454), (93, 323), (132, 361), (50, 280), (123, 352), (205, 425),
    ]
    for (place, pair) in outline.enumerated() {
      let y = -0.7 + 0.12 * Double(place)
      (points[pair.0], points[pair.1]) = (SIMD3(-0.7, y, 0.2), SIMD3(0.7, y, 0.2))
    }
    points[10] = SIMD3(0, -0.75, 0.2)
    points[152] = SIMD3(0, 1.4, 0.1)
    return points
  }()

  /// Moves the head's points: turned to the side by `yaw`, then in the image by `roll` (degrees), then enlarged and shifted.
  static func place(
    _ points: [SIMD3<Double>] = head, yaw: Double = 0, roll: Double = 0, size: Double = 100, centre: SIMD2<Double> = SIMD2(320, 240)
  ) -> FaceMesh {
    let (a, b) = (yaw * .pi / 180, roll * .pi / 180)
    let landmarks = points.map { p in
      let turned = SIMD3(p.x * cos(a) - p.z * sin(a), p.y, p.x * sin(a) + p.z * cos(a))
      return SIMD3(
        centre.x + size * (turned.x * cos(b) - turned.y * sin(b)), centre.y + size * (turned.x * sin(b) + turned.y * cos(b)),
        size * turned.z)
    }
    return FaceMesh(landmarks: landmarks, presence: 1, region: FaceRegion(centre: centre, width: 300, height: 300, rotation: 0))
  }

  /// A mesh as the network gives it in an image that is 640 pixels wide and flipped left for right.
  static func flipped(_ mesh: FaceMesh) -> FaceMesh {
    var flipped = mesh
    flipped.landmarks = mesh.landmarks.map { SIMD3(639 - $0.x, $0.y, $0.z) }
    return flipped
  }

  static func look(_ mesh: FaceMesh) -> HeadLook { HeadLook(mesh, flipped: flipped(mesh), imageWidth: 640) }

  static func reference(_ meshes: [FaceMesh]) throws -> MidlineReference { try #require(MidlineReference(meshes.map(look))) }

  /// The distance of a mesh's midline from where the head's midline really is, the worse of both ends; pixels.
  static func error(_ reference: MidlineReference, on mesh: FaceMesh, truth: FaceMesh) throws -> Double {
    let line = try #require(reference.midline(of: mesh)).axis
    let true0 = try #require(Midline(truth))
    return max((line.reflect(true0.glabella) - true0.glabella).length, (line.reflect(true0.chin) - true0.chin).length) / 2
  }

  static let resting = try? reference((0..<9).map { place(yaw: Double($0 - 4), roll: Double($0), centre: SIMD2(300 + Double($0), 240)) })

  @Test("The line follows the head as it moves, tilts, turns and comes nearer", arguments: [-14.0, -5, 0, 9, 15])
  func follows(yaw: Double) throws {
    let reference = try #require(Self.resting)
    for (roll, size) in [(-40.0, 60.0), (0, 100), (25, 230)] {
      let mesh = Self.place(yaw: yaw, roll: roll, size: size, centre: SIMD2(200 + yaw, 300))
      #expect(try Self.error(reference, on: mesh, truth: mesh) < 1e-6 * size)
    }
  }

  @Test("The line does not follow mouth, chin and brow")
  func ignoresExpression() throws {
    let reference = try #require(Self.resting)
    var smiling = Self.head
    smiling[152].x += 0.035
    smiling[285] += SIMD3(0.04, -0.07, 0)
    smiling[291] += SIMD3(0.1, -0.08, 0)
    for roll in [-20.0, 0, 30] {
      let (mesh, truth) = (Self.place(smiling, roll: roll), Self.place(roll: roll))
      #expect(try Self.error(reference, on: mesh, truth: truth) < 1e-6)
    }
  }

  @Test("An expression held in less than half of the looks is not learnt")
  func learnsRest() throws {
    var smiling = Self.head
    smiling[152].x += 0.035
    let meshes = (0..<11).map { Self.place($0 % 5 < 2 ? smiling : Self.head, roll: Double($0)) }
    let mesh = Self.place()
    #expect(try Self.error(Self.reference(meshes), on: mesh, truth: mesh) < 1e-6)
  }

  @Test("What the network shifts to one side in every image does not shift the line")
  func flippedLooks() throws {
    // The network's points lie half a pixel too far right, in the image and in the flipped image.
    func shifted(_ mesh: FaceMesh) -> FaceMesh {
      var moved = mesh
      moved.landmarks = mesh.landmarks.map { $0 + SIMD3(0.5, 0, 0) }
      return moved
    }
    let looks = (0..<6).map { index in
      let mesh = Self.place(roll: Double(index))
      return HeadLook(shifted(mesh), flipped: shifted(Self.flipped(mesh)), imageWidth: 640)
    }
    let reference = try #require(MidlineReference(looks))
    let mesh = Self.place()
    #expect(try Self.error(reference, on: shifted(mesh), truth: mesh) < 0.01)
  }

  @Test("A head turned far to the side has its mesh's own line")
  func turnedAway() throws {
    var crooked = Self.head
    crooked[152].x += 0.035
    let mesh = Self.place(crooked, yaw: 35)
    #expect(try #require(Self.resting).midline(of: mesh) == Midline(mesh))
  }

  @Test("A reference of another head moves the line only a little")
  func limited() throws {
    var other = Self.head
    other[152].x += 0.4
    let mesh = Self.place(other)
    let line = try #require(Self.resting?.midline(of: mesh))
    let own = try #require(Midline(mesh))
    let limit = MidlineReference.longestCorrection * 100
    #expect((line.chin - own.chin).length <= limit + 1e-9)
    #expect((line.glabella - own.glabella).length <= limit + 1e-9)
  }

  @Test("The reference knows how far the looks scatter sideways")
  func spread() throws {
    #expect(try #require(Self.resting).chinSpread < 1e-6)
    let meshes = (0..<9).map { index in
      var head = Self.head
      // Sideways by −0.04 to 0.04: the median of the distances is 0.02.
      head[152].x += 0.01 * Double(index - 4)
      head[152].y += 0.03 * Double(index)
      return Self.place(head, roll: Double(index) * 10)
    }
    let reference = try Self.reference(meshes)
    #expect(abs(reference.chinSpread - 1.48 * 0.02) < 1e-3)
    #expect(reference.glabellaSpread < 1e-3)
  }

  @Test("Too few looks, or looks at a head turned away, give no reference")
  func tooLittle() {
    #expect(MidlineReference((0..<4).map { _ in Self.look(Self.place()) }) == nil)
    #expect(MidlineReference((0..<9).map { _ in Self.look(Self.place(yaw: 25)) }) == nil)
    #expect(MidlineReference([]) == nil)
  }

  @Test("The reference does not depend on the order of the looks, but for rounding")
  func order() throws {
    let meshes = (0..<9).map { Self.place(yaw: Double($0 * 2 - 7), roll: Double($0 * 3)) }
    let mesh = Self.place(yaw: 8, roll: 11)
    let first = try #require(Self.reference(meshes).midline(of: mesh))
    let second = try #require(Self.reference(meshes.reversed()).midline(of: mesh))
    #expect((first.chin - second.chin).length < 1e-6)
    #expect((first.glabella - second.glabella).length < 1e-6)
  }
}
