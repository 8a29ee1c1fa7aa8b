public import FaceNetworks
import Foundation
public import Imaging

/// Where the face lies in a picture made of one half of it and that half's reflection: known from the source's landmarks, so
/// that the mesh network can look at mirrored frames without a detector and without following anything.
public enum MirroredFaceRegion {
  /// - Parameters:
  ///   - mesh: of the source picture.
  ///   - midline: the line that the picture was reflected across.
  ///   - side: the half that was kept. With a midline directed down the positive side is the image's left, an unflipped
  ///     video's right half of the person.
  /// - Returns: MediaPipe's region (bounds squared to the longer side, 1.5 times as large) around the kept half's landmarks
  ///   and their reflections, turned as the midline is. `nil` when no landmark lies on the kept side.
  public static func region(of mesh: FaceMesh, midline: Midline, keeping side: KeptSide) -> FaceRegion? {
    let axis = midline.axis
    let kept = mesh.points.filter { point in
      let distance = axis.signedDistance(point)
      return side == .positive ? distance >= 0 : distance <= 0
    }
    guard !kept.isEmpty else { return nil }
    return FaceRegion(around: kept + kept.map(axis.reflect), rotation: atan2(-axis.direction.x, axis.direction.y))
  }
}
