public import Imaging

/// The source of the orientation, which the reader undoes to return upright frames.
public enum OrientationOption: Hashable, Sendable {
  /// The container's display matrix or the image's EXIF data. If there is neither, frames are taken as upright.
  case metadata
  /// The given orientation, whatever the container states.
  case fixed(ImageOrientation)
}
