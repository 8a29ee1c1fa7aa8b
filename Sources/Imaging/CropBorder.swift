/// The values of a crop outside the image.
public enum CropBorder: Hashable, Sendable {
  /// The nearest pixel of the image.
  case replicate
  /// A value in 0…255 for red, green and blue alike, before normalisation. A sample that interpolation reads outside the image has this
  /// value, as with OpenCV's `BORDER_CONSTANT`. The image's edge therefore fades into the value within one source pixel.
  case constant(Float)
}
