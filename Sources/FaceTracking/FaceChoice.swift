package import FaceNetworks

/// Which of several faces is the video's, and remembering it.
package struct FaceChoice {
  private var last: (region: FaceRegion, timestamp: Double)?
  private var severalSeen = false

  /// Seconds after which a lost face is given up and another one may be chosen. Engines that look for a lost face themselves wait as long.
  package static let patience = 1.0

  package init() {}

  /// The face was here.
  package mutating func followed(_ region: FaceRegion, timestamp: Double) { last = (region, timestamp) }

  /// How much a face is in the middle of things: box area × (1 − 0.7·d), d being the distance from the picture's centre over half the
  /// picture's diagonal.
  package static func weight(of face: DetectedFace, width: Int, height: Int) -> Double {
    let centre = SIMD2(Double(width), Double(height)) / 2
    let half = (centre * centre).sum().squareRoot()
    let offset = face.centre - centre
    return face.width * face.height * (1 - 0.7 * min((offset * offset).sum().squareRoot() / half, 1))
  }

  /// Where a face was that is lost and still waited for.
  /// - Parameter timestamp: seconds.
  package func awaited(at timestamp: Double) -> FaceRegion? {
    last.flatMap { timestamp - $0.timestamp <= Self.patience ? $0.region : nil }
  }

  /// The faces that may be the video's, the likeliest first.
  ///
  /// The first choice, and the one after `patience` without the face, is by `weight`. Until then only faces of a like size count, those near
  /// the last place first; farther ones only if there never were several faces: they may be other people. Where there never were, and the
  /// whole picture shows one face of another size, it is taken: the video was cut to another framing.
  /// - Parameters:
  ///   - isWhole: whether these are all faces that the picture shows.
  ///   - timestamp: seconds.
  package mutating func ranked(
    _ faces: [DetectedFace], isWhole: Bool = true, width: Int, height: Int, timestamp: Double
  ) -> [DetectedFace] {
    if faces.count > 1 { severalSeen = true }
    let weights = faces.map { Self.weight(of: $0, width: width, height: height) }
    // Ties keep the detector's order, so that the result is the same every time.
    let byWeight = faces.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }.map { faces[$0] }
    guard let awaited = awaited(at: timestamp) else { return byWeight }
    let alike = byWeight.filter { Self.isAlike($0.region, awaited) }
    if alike.isEmpty, isWhole, !severalSeen { return byWeight }
    let near = alike.filter { Self.isNear($0.region, awaited) }
    return severalSeen ? near : near + alike.filter { !Self.isNear($0.region, awaited) }
  }

  /// Whether two regions are of a like size: a detection's and a mesh's differ by some tenths for the same face.
  private static func isAlike(_ a: FaceRegion, _ b: FaceRegion) -> Bool {
    let ratio = (a.width + a.height) / (b.width + b.height)
    return (0.6...1.7).contains(ratio)
  }

  /// Whether a face may have moved from one region to the other in a moment: by half its region at most.
  private static func isNear(_ a: FaceRegion, _ b: FaceRegion) -> Bool {
    let step = a.centre - b.centre
    return (step * step).sum().squareRoot() <= 0.25 * max(a.width + a.height, b.width + b.height)
  }
}
