/// The orientation in which an image is stored, with EXIF's numbers. It must be *undone* to see the image upright.
///
/// `right` (6) is the usual orientation from a phone held upright: the stored image must be turned by 90° clockwise.
public enum ImageOrientation: Int, Hashable, Sendable, CaseIterable, Codable {
  case up = 1
  case upMirrored = 2
  case down = 3
  case downMirrored = 4
  case leftMirrored = 5
  case right = 6
  case rightMirrored = 7
  case left = 8

  /// Whether undoing the orientation exchanges width and height.
  public var swapsSides: Bool { rawValue >= 5 }

  /// How to find the stored position of a pixel of the upright image: exchange its coordinates (if `transposed`), then count the flipped
  /// ones from the other end.
  var source: (transposed: Bool, flippedX: Bool, flippedY: Bool) {
    switch self {
    case .up: (false, false, false)
    case .upMirrored: (false, true, false)
    case .down: (false, true, true)
    case .downMirrored: (false, false, true)
    case .leftMirrored: (true, false, false)
    case .right: (true, false, true)
    case .rightMirrored: (true, true, true)
    case .left: (true, true, false)
    }
  }
}
