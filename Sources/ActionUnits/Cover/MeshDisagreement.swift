import FaceNetworks
import Imaging
public import Measures

/// How far the face mesh of a mirrored image is from the mesh of the source, on the half of the face that both images show.
///
/// A mirrored image keeps one half of the source in place, so both meshes should agree there. If something covers the face, the network
/// has to guess what is behind it, and guesses differently in the two images. All distances are shares of the distance between the outer
/// corners of the eyes in the source.
public struct MeshDisagreement: Hashable, Sendable {
  /// The mean distance between the two positions of the points of the eye.
  public let eye: Double
  /// The mean distance between the two positions of the points of the lips.
  public let mouth: Double
  /// The gap between the lips, in the mesh in which it is larger.
  let lipGap: Double

  /// Compares two meshes; nil if the mesh of the source has no size.
  /// - Parameter side: the side of the face that the mirrored image keeps.
  init?(source: FaceMesh, mirrored: FaceMesh, side: FaceSide) {
    let unit = (source.point(33) - source.point(263)).length
    guard unit > 0 else { return nil }
    func mean(_ points: [Int]) -> Double {
      points.reduce(0) { $0 + (source.point($1) - mirrored.point($1)).length } / Double(points.count) / unit
    }
    let points = CoverPoints(side)
    eye = mean(points.eyeCornersAndLids)
    mouth = mean(points.lipsAndCorner)
    lipGap = [source, mirrored].map { ($0.point(13) - $0.point(14)).length / unit }.max() ?? 0
  }

  /// The areas for which the two meshes disagree more than they do in faces that are not covered.
  ///
  /// The limits lie above those of uncovered faces: eyes 0.021 at most. Lips differ more the wider the mouth is open, up to 0.08 in a mouth
  /// that is open by 0.4. `docs/accuracy.md` has the measurements.
  func cover(_ side: FaceSide) -> FaceCover {
    var cover: FaceCover = []
    if eye > 0.03 { cover.insert(.half(side, of: .eyes)) }
    if mouth > 0.035 + 0.2 * lipGap { cover.insert(.half(side, of: .mouth)) }
    return cover
  }
}

extension FaceCover {
  /// The signs of covering that two readings give: those of the mirrored images of the right and of the left side.
  public init(right: ActionUnitReading, left: ActionUnitReading) {
    let sides = [(FaceSide.right, right), (.left, left)]
    self.init(sides.compactMap { side, reading in reading.disagreement?.cover(side) })
  }
}
