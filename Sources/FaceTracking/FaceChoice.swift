package import FaceNetworks

/// Which of several faces is the video's, and remembering it.
package struct FaceChoice {
  private var last: (region: FaceRegion, timestamp: Double)?
  private var severalSeen = false

  /// Seconds after which a lost face is given up and another one may be chosen.
  package static let patience = 1.0

  package init() {}

  /// The face was here.
  package mutating func followed(_ region: FaceRegion, timestamp: Double) { last = (region, timestamp) }

  /// The faces that may be the video's, the likeliest first.
  ///
  /// The first choice, and the one after `patience` without the face, is by size and place: box area × (1 − 0.7·d), d being
  /// the distance from the picture's centre over half the picture's diagonal. Until then only faces of a like size count,
  /// those near the last place first; farther ones only if there never were several faces: they may be other people.
  /// - Parameter timestamp: seconds.
  package mutating func ranked(_ faces: [DetectedFace], width: Int, height: Int, timestamp: Double) -> [DetectedFace] {
    if faces.count > 1 { severalSeen = true }
    let centre = SIMD2(Double(width), Double(height)) / 2
    let half = (centre * centre).sum().squareRoot()
    func weight(_ face: DetectedFace) -> Double {
      let offset = face.centre - centre
      return face.width * face.height * (1 - 0.7 * min((offset * offset).sum().squareRoot() / half, 1))
    }
    // Ties keep the detector's order, so that the result is the same every time.
    let byWeight = faces.enumerated().sorted { (weight($1.element), $0.offset) < (weight($0.element), $1.offset) }.map(\.element)
    guard let last, timestamp - last.timestamp <= Self.patience else { return byWeight }
    let alike = byWeight.filter { Self.isAlike($0.region, last.region) }
    let near = alike.filter { Self.isNear($0.region, last.region) }
    return severalSeen ? near : near + alike.filter { !Self.isNear($0.region, last.region) }
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
