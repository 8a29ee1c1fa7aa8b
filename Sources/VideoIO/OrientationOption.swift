public import Imaging

/// The source of the orientation that the reader undoes.
public enum OrientationOption: Hashable, Sendable {
  /// The container's display matrix or the image's EXIF data; upright where there is neither.
  case metadata
  /// This orientation, regardless of the container.
  case fixed(ImageOrientation)
}
