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
  /// the distance from the picture's centre over half the picture's diagonal. Until then a face near the last place and of
  /// a like size comes first, and others count only if there never were several: they are other people.
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
    let same = byWeight.filter { Self.mayBeSame($0.region, last.region) }
    return severalSeen ? same : same + byWeight.filter { !Self.mayBeSame($0.region, last.region) }
  }

  /// Whether a face may have moved from one region to the other: no farther than half its size, and at most twice or half as
  /// large. A detection's region and a mesh's differ by some tenths in size for the same face.
  private static func mayBeSame(_ a: FaceRegion, _ b: FaceRegion) -> Bool {
    let (sizeA, sizeB) = ((a.width + a.height) / 2, (b.width + b.height) / 2)
    guard sizeA > 0, sizeB > 0, (0.5...2).contains(sizeA / sizeB) else { return false }
    let step = a.centre - b.centre
    return (step * step).sum().squareRoot() <= 0.5 * max(sizeA, sizeB)
  }
}
