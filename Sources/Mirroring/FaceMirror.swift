public import FaceTracking
public import Imaging

/// Mirrors each half of a face across its midline.
public enum FaceMirror {
  /// Makes both mirrored images of a frame.
  ///
  /// The midline points from the glabella to the chin, so the person's right half is on its positive side. In an ordinary (not
  /// selfie-flipped) video with the head upright, the positive side is the left side of the image. In any other position of the head, it is
  /// still the person's right half.
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
