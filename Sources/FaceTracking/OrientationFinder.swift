package import FaceNetworks
package import Imaging

/// Finds the turn that shows the face in an image upright.
package enum OrientationFinder {
  /// The four turns. Mirrored orientations are left out, because a face and its mirror image are equally upright.
  private static let turns: [ImageOrientation] = [.up, .right, .down, .left]
  /// The largest tilt, in degrees, at which a face counts as upright.
  static let maximumRoll = 45.0

  /// Looks for the face in all four turns of an image.
  ///
  /// The detector also finds lying faces, and now and then an upside-down one, so it does not decide alone: a turn's score is the
  /// detector's score times the mesh's presence, and counts only if the mesh says that the face is tilted by at most 45° and has its
  /// eyes above its mouth.
  /// - Parameter image: a frame of unknown orientation.
  /// - Returns: the turn of the highest score: the orientation to undo, one of `.up`, `.right`, `.down` and `.left`. `nil` if no turn
  ///   shows an upright face.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  package static func uprightTurn(of image: YUVImage, networks: FaceLandmarkerNetworks) throws -> ImageOrientation? {
    var best: (turn: ImageOrientation, score: Double)?
    for turn in turns {
      let score = try uprightScore(of: image.turned(turn), networks: networks)
      if let score, score > best?.score ?? 0 { best = (turn, score) }
    }
    return best?.turn
  }

  /// The certainty that an image shows an upright face, 0…1; `nil` if it shows none.
  private static func uprightScore(of image: YUVImage, networks: FaceLandmarkerNetworks) throws -> Double? {
    var best: Double?
    for face in try networks.detector.detect(in: image, maximumFaces: 3) {
      let mesh = try networks.mesh.run(on: [(image, face.region)])[0]
      guard mesh.presence > FaceTracker.minimumPresence, abs(HeadPose(mesh).roll) <= maximumRoll else { continue }
      let eyes = (mesh.point(33) + mesh.point(263)) / 2
      let mouth = (mesh.point(13) + mesh.point(14)) / 2
      guard eyes.y < mouth.y else { continue }
      best = max(best ?? 0, face.score * mesh.presence)
    }
    return best
  }
}
