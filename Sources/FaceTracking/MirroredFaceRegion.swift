public import FaceNetworks
import Foundation
public import Imaging

/// The region of the face in a mirrored frame, derived from the source frame's landmarks.
///
/// With it the mesh network can look at mirrored frames without a detector and without tracking.
public enum MirroredFaceRegion {
  /// Computes the region.
  /// - Parameters:
  ///   - mesh: the mesh in the source frame.
  ///   - midline: the line that the frame was reflected across.
  ///   - side: the half that was kept. If the midline points down, the positive side is the image's left: the person's right half in an
  ///     ordinary (not selfie-flipped) video.
  /// - Returns: MediaPipe's region (bounds squared to the longer side, 1.5 times as large) around the kept half's landmarks and their
  ///   reflections, rotated like the midline. `nil` if no landmark lies on the kept side.
  public static func region(of mesh: FaceMesh, midline: Midline, keeping side: KeptSide) -> FaceRegion? {
    let axis = midline.axis
    let kept = mesh.points.filter { axis.isPoint($0, on: side) }
    guard !kept.isEmpty else { return nil }
    return FaceRegion(around: kept + kept.map(axis.reflect), rotation: atan2(-axis.direction.x, axis.direction.y))
  }
}
