package import FaceNetworks
import Imaging

/// Chooses the face to follow among several, and remembers which one it was.
package struct FaceChoice {
  private var last: (region: FaceRegion, timestamp: Double)?
  private var severalSeen = false

  /// The time in seconds after which a lost face is given up and another one may be chosen. Engines that search for a lost face themselves
  /// use the same time.
  package static let patience = 1.0

  package init() {}

  /// Notes where the followed face is in the latest frame.
  package mutating func followed(_ region: FaceRegion, timestamp: Double) { last = (region, timestamp) }

  /// Returns a face's prominence: the box's area × (1 − 0.7·d), d being the distance from the image's centre divided by half the image's
  /// diagonal. Larger and more central faces have more weight.
  package static func weight(of face: DetectedFace, width: Int, height: Int) -> Double {
    let centre = SIMD2(Double(width), Double(height)) / 2
    return face.width * face.height * (1 - 0.7 * min((face.centre - centre).length / centre.length, 1))
  }

  /// Returns the last region of a face that was followed at most `patience` seconds ago; `nil` if there is none.
  /// - Parameter timestamp: seconds.
  package func awaited(at timestamp: Double) -> FaceRegion? {
    last.flatMap { timestamp - $0.timestamp <= Self.patience ? $0.region : nil }
  }

  /// Returns the faces that may be the one to follow, the likeliest first.
  ///
  /// The first choice in a video is made by `weight`, and so is the choice after `patience` without the face. In between, only faces of a
  /// similar size are considered, those near the last place first. Faces farther away are considered only if the video has never shown
  /// several faces: otherwise they may be other people. If it has never shown several and the whole frame shows only faces of another size,
  /// they are considered, since the video was probably cut to another framing.
  /// - Parameters:
  ///   - isWhole: whether `faces` are all faces in the frame, not only those in a part of it.
  ///   - timestamp: seconds.
  package mutating func ranked(
    _ faces: [DetectedFace], isWhole: Bool = true, width: Int, height: Int, timestamp: Double
  ) -> [DetectedFace] {
    if faces.count > 1 { severalSeen = true }
    let weights = faces.map { Self.weight(of: $0, width: width, height: height) }
    // Ties keep the detector's order, so that the result is reproducible.
    let byWeight = faces.indices.sorted { (weights[$1], $0) < (weights[$0], $1) }.map { faces[$0] }
    guard let awaited = awaited(at: timestamp) else { return byWeight }
    let alike = byWeight.filter { Self.isAlike($0.region, awaited) }
    if alike.isEmpty, isWhole, !severalSeen { return byWeight }
    let near = alike.filter { Self.isNear($0.region, awaited) }
    return severalSeen ? near : near + alike.filter { !Self.isNear($0.region, awaited) }
  }

  /// Whether two regions are of a similar size. A detection's and a mesh's region differ by some tenths for the same face.
  private static func isAlike(_ a: FaceRegion, _ b: FaceRegion) -> Bool {
    let ratio = (a.width + a.height) / (b.width + b.height)
    return (0.6...1.7).contains(ratio)
  }

  /// Whether a face may have moved from one region to the other within a moment: by at most half its region.
  private static func isNear(_ a: FaceRegion, _ b: FaceRegion) -> Bool {
    (a.centre - b.centre).length <= 0.25 * max(a.width + a.height, b.width + b.height)
  }
}
