public import Imaging

/// The two whole faces made from the halves of one frame. Left and right are the person's own.
public struct MirroredPair: Sendable {
  /// The person's left half and its mirror image.
  public let left: YUVImage
  /// The person's right half and its mirror image.
  public let right: YUVImage

  public init(left: YUVImage, right: YUVImage) {
    self.left = left
    self.right = right
  }
}
