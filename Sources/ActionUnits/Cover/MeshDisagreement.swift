import FaceNetworks
import Imaging
public import Measures

/// How far the face mesh of a mirrored image is from the mesh of the source, on the half of the face that both images show.
///
/// A mirrored image keeps one half of the source in place, so both meshes should agree there. If something covers the face, the network
/// has to guess what is behind it, and guesses differently in the two images.
///
/// Points of the lips are compared with the outline of the other mesh's lips, not with the same points: if the mouth is pulled to one side
/// of the midline, as in a palsy, the points of the mirrored mouth are elsewhere on the same outline. The unit of all distances is the
/// distance between the outer corners of the eyes in the source.
public struct MeshDisagreement: Hashable, Sendable {
  /// The mean distance between the position of an eye point in the source's mesh and its position in the mirrored image's mesh.
  public let eye: Double
  /// The mean distance of the lips' points in the mirrored image from the outline of the lips in the source.
  public let mouth: Double
  /// The gap between the lips. It is measured in both meshes, and the larger value is used.
  let lipGap: Double

  /// Compares two meshes; nil if the mesh of the source has no size.
  /// - Parameter side: the side of the face that the mirrored image keeps.
  init?(source: FaceMesh, mirrored: FaceMesh, side: FaceSide) {
    let unit = (source.point(33) - source.point(263)).length
    guard unit > 0 else { return nil }
    let points = CoverPoints(side)
    func mean(_ distances: [Double]) -> Double { distances.reduce(0, +) / Double(distances.count) / unit }
    eye = mean(points.eyeCornersAndLids.map { (source.point($0) - mirrored.point($0)).length })
    let outlines = [(points.outerLips, CoverPoints.outerOutline), (points.innerLips, CoverPoints.innerOutline)]
    mouth = mean(
      outlines.flatMap { lips, outline in
        let outline = outline.map(source.point)
        return lips.map { Self.distance(of: mirrored.point($0), from: outline) }
      })
    lipGap = [source, mirrored].map { ($0.point(13) - $0.point(14)).length / unit }.max() ?? 0
  }

  /// Returns the distance of a point from the nearest point of a closed outline.
  private static func distance(of point: SIMD2<Double>, from outline: [SIMD2<Double>]) -> Double {
    outline.indices.map { index in
      let (start, edge) = (outline[index], outline[(index + 1) % outline.count] - outline[index])
      let square = (edge * edge).sum()
      let share = square > 0 ? min(max(((point - start) * edge).sum() / square, 0), 1) : 0
      return (point - start - edge * share).length
    }.min() ?? 0
  }

  /// The areas for which the two meshes disagree more than they do in faces that are not covered.
  ///
  /// The limits are above the values of uncovered faces. For eyes, these values are at most 0.021. For lips, they are at most 0.021 in 95 %
  /// of the frames of smiles, and they grow with the gap between the lips. `docs/accuracy.md` has the measurements.
  func cover(_ side: FaceSide) -> FaceCover {
    var cover: FaceCover = []
    if eye > 0.03 { cover.insert(.half(side, of: .eyes)) }
    if mouth > 0.022 + 0.1 * lipGap { cover.insert(.half(side, of: .mouth)) }
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
