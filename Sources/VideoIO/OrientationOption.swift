public import Imaging

/// How the reader decides which way up a video is.
public enum OrientationOption: Hashable, Sendable {
  /// As the container's display matrix (or the picture's EXIF data) says; upright where it says nothing.
  case metadata
  /// Whatever the container says, this is what must be undone.
  case fixed(ImageOrientation)
}
