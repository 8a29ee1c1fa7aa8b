public import FaceTracking
public import Imaging

/// Mirrors each half of a face across its midline.
public enum FaceMirror {
  /// Makes both mirrored pictures of one frame.
  ///
  /// The midline points from the glabella to the chin, so the person's right half is on its positive side: the image's left
  /// in an ordinary (not selfie-flipped) video with the head upright, and the same half in any other position.
  ///
  /// - Parameters:
  ///   - midline: without one both pictures are the frame itself.
  ///   - pool: where the pictures' memory comes from.
  public static func mirror(_ image: YUVImage, midline: Midline?, pool: PixelMemoryPool? = nil) -> MirroredPair {
    guard let axis = midline?.axis else { return MirroredPair(left: image, right: image) }
    return MirroredPair(
      left: reflect(image, across: axis, keeping: .negative, pool: pool),
      right: reflect(image, across: axis, keeping: .positive, pool: pool))
  }
}
