public import FaceNetworks
public import Imaging

/// Which way up a video is, as the faces in it say.
public struct FoundOrientation: Hashable, Sendable {
  /// What must be undone for the face to be upright: `.up`, `.right`, `.down` or `.left`.
  public var orientation: ImageOrientation
  /// One line for people: what was seen.
  public var evidence: String
  /// Pictures that showed an upright face when turned so.
  public var agreeing: Int
  /// Pictures that showed an upright face when turned in any way.
  public var withFace: Int
  /// Pictures looked at.
  public var samples: Int
}

/// Finds the turn that shows a video's face upright.
public enum OrientationFinder {
  /// The four turns: mirrored pictures show a face as upright as others and can't be told.
  static let turns: [ImageOrientation] = [.up, .right, .down, .left]
  /// Degrees that a face may be tilted and still be upright.
  static let maximumRoll = 45.0

  /// Looks for the face in all four turns of each picture.
  ///
  /// The detector finds lying faces too, and now and then an upside-down one, so its word is not enough: a turn's vote is
  /// the detector's score times the mesh's presence, and counts only where the mesh says that the face is tilted by no more
  /// than 45° and has its eyes above its mouth. Each picture votes for its best turn, and the turn with most votes wins; of
  /// two with equally many, the one with the larger sum.
  /// - Parameter samples: a few pictures, as stored, preferably from different moments.
  /// - Returns: `nil` when no picture shows an upright face in any turn.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  public static func orientation(of samples: [YUVImage], networks: FaceLandmarkerNetworks) throws -> FoundOrientation? {
    let votes = try samples.compactMap { sample in
      var best: (turn: ImageOrientation, score: Double)?
      for turn in turns {
        let image = turn == .up ? sample : sample.turned(turn)
        if let score = try uprightScore(of: image, networks: networks), score > best?.score ?? 0 { best = (turn, score) }
      }
      return best
    }
    let tally = turns.map { turn in
      let own = votes.filter { $0.turn == turn }
      return (turn: turn, count: own.count, sum: own.reduce(0) { $0 + $1.score })
    }
    guard let winner = tally.max(by: { ($0.count, $0.sum) < ($1.count, $1.sum) }), winner.count > 0 else { return nil }
    return FoundOrientation(
      orientation: winner.turn, evidence: evidence(winner.turn, agreeing: winner.count, votes: votes.count, of: samples.count),
      agreeing: winner.count, withFace: votes.count, samples: samples.count)
  }

  /// How surely a picture shows an upright face, 0…1; `nil` when it does not.
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

  private static func evidence(_ turn: ImageOrientation, agreeing: Int, votes: Int, of samples: Int) -> String {
    let how =
      switch turn {
      case .right: "when turned by 90° clockwise"
      case .left: "when turned by 90° anticlockwise"
      case .down: "when turned by 180°"
      default: "as it is"
      }
    return "upright face \(how) in \(agreeing) of \(votes) frames with a face, of \(samples) looked at"
  }
}
