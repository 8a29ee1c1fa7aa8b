/// What a crop shows outside the image.
public enum CropBorder: Hashable, Sendable {
  /// The nearest pixel of the image.
  case replicate
  /// A value in 0…255 for red, green and blue alike, before normalisation. A tap outside the image has this value, as with OpenCV's
  /// `BORDER_CONSTANT`, so the image's edge fades into it within one source pixel.
  case constant(Float)
}
