public import FaceTracking
public import Imaging

/// Mirrors each half of a face across its midline.
public enum FaceMirror {
  /// Makes both mirrored images of a frame.
  ///
  /// The midline points from the glabella to the chin, so the person's right half is on its positive side. In an ordinary (not
  /// selfie-flipped) video with the head upright that is the image's left; it is the same half of the face in any other position.
  ///
  /// - Parameters:
  ///   - midline: if `nil`, both images are the frame itself.
  ///   - pool: the pool that the images' memory is taken from.
  public static func mirror(_ image: YUVImage, midline: Midline?, pool: PixelMemoryPool? = nil) -> MirroredPair {
    guard let axis = midline?.axis else { return MirroredPair(left: image, right: image) }
    return MirroredPair(
      left: reflect(image, across: axis, keeping: .negative, pool: pool),
      right: reflect(image, across: axis, keeping: .positive, pool: pool))
  }
}
