/// The limits by which the two sides of a face are compared.
public struct ComparisonSettings: Sendable, Equatable {
  /// The largest turn of the head, in degrees, at which a frame is included.
  ///
  /// If the head is turned, the near half of the face appears wider than the far one, so the two mirrored faces differ in width
  /// regardless of facial movement. The limit is a matter of judgement; no study has determined it.
  public var largestYaw = 20.0
  /// The least quality, 0…1, at which a frame is included: the tracker's limit between fair and poor.
  public var leastQuality = 1.0 / 3
  /// The value that the stronger side must reach for an index or a ratio to be given; below it, both values may be noise.
  public var floor: Float = 0.25
  /// The share of the included frames, those with the least activity and motion, that represent the clip's neutral face.
  public var neutralShare = 0.1
  /// Ranges that differ by less than this share of the larger one name no weaker side.
  public var evenShare = 0.15

  public init() {}

  /// The normalised asymmetry index (R − L) / (R + L): 1 if only the right side moves, −1 if only the left one does.
  /// - Returns: not-a-number if a value is missing or the stronger one is below the floor.
  public func index(right: Float, left: Float) -> Float {
    guard max(right, left) >= floor else { return .nan }
    return (right - left) / (right + left)
  }
}
