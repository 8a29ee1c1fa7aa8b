package import FaceNetworks
package import Imaging

/// What one frame shows of a head: the landmarks that expression does not move, and the two ends of the midline.
///
/// A `MidlineReference` is learnt from several looks. All coordinates, including the depth, are in pixels.
package struct HeadLook: Hashable, Sendable {
  /// The positions of the landmarks whose numbers are in `rigidLandmarks`.
  let rigid: [SIMD3<Double>]
  let glabella, chin: SIMD3<Double>
  let yaw: Double

  /// The landmarks that expression moves least: the corners of the eyes, the bridge of the nose with its sides, and the tip of the nose.
  ///
  /// Mouth, chin and brows are left out because they move; the nostrils and the nose's base because the muscles of the upper lip pull them;
  /// forehead, temples and cheekbones because the mesh moves them along with the mouth and the brows. The eyes and the
  /// bridge of the nose are almost equally deep. The tip of the nose is not, so it shows how far the head is turned to the side.
  static let rigidLandmarks = [33, 133, 263, 362, 168, 6, 197, 195, 122, 351, 196, 419, 174, 399, 193, 417, 5, 4, 1]

  /// - Parameters:
  ///   - mesh: the face's landmarks.
  ///   - flipped: the landmarks of the same face in the image flipped left for right. The network shifts points to one side by a fraction of
  ///     a sample. In the flipped image it shifts them to the other side, so the error cancels out in the mean of both.
  ///   - imageWidth: the width of the image, pixels.
  package init(_ mesh: FaceMesh, flipped: FaceMesh, imageWidth: Int) {
    rigid = Self.rigid(of: mesh)
    yaw = HeadPose(mesh).yaw
    let (own, other) = (Self.ends(of: mesh), Self.ends(of: flipped))
    func mean(_ own: SIMD3<Double>, _ other: SIMD3<Double>) -> SIMD3<Double> {
      (own + SIMD3(Double(imageWidth - 1) - other.x, other.y, other.z)) / 2
    }
    glabella = mean(own.glabella, other.glabella)
    chin = mean(own.chin, other.chin)
  }

  /// Looks at a face that was found before, in the image and in the flipped image.
  /// - Parameter mesh: the face's landmarks in the image.
  /// - Returns: `nil` if a network finds no face there.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  package init?(at mesh: FaceMesh, in image: YUVImage, networks: FaceLandmarkerNetworks) throws {
    let region = mesh.nextRegion
    var opposite = region
    opposite.centre.x = Double(image.width - 1) - region.centre.x
    opposite.rotation = -region.rotation
    let meshes = try networks.mesh.run(on: [(image, region), (image.turned(.upMirrored), opposite)])
    guard meshes.allSatisfy({ $0.presence > FaceTracker.surePresence }) else { return nil }
    self.init(meshes[0], flipped: meshes[1], imageWidth: image.width)
  }

  static func rigid(of mesh: FaceMesh) -> [SIMD3<Double>] { rigidLandmarks.map { point($0, of: mesh) } }

  private static func ends(of mesh: FaceMesh) -> (glabella: SIMD3<Double>, chin: SIMD3<Double>) {
    ((point(55, of: mesh) + point(285, of: mesh)) / 2, point(152, of: mesh))
  }

  private static func point(_ index: Int, of mesh: FaceMesh) -> SIMD3<Double> {
    let p = mesh.landmarks[index]
    return SIMD3(p.x, p.y, p.z / mesh.depthScale)
  }
}
