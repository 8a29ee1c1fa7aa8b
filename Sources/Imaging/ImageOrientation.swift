/// How a stored picture lies, in EXIF's numbers: what must be *undone* to see it upright.
///
/// `right` (6) is the usual phone held upright: turn the stored picture by 90° clockwise.
public enum ImageOrientation: Int, Hashable, Sendable, CaseIterable, Codable {
  case up = 1
  case upMirrored = 2
  case down = 3
  case downMirrored = 4
  case leftMirrored = 5
  case right = 6
  case rightMirrored = 7
  case left = 8

  /// Whether undoing it exchanges width and height.
  public var swapsSides: Bool { rawValue >= 5 }

  /// The stored position of an upright one: transposed first, then counted from the other end.
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
