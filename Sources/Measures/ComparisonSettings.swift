import Foundation

/// The limits by which the two sides of a face are compared. Limits that depend on the measure are in its `SideLimits`.
public struct ComparisonSettings: Sendable, Equatable {
  /// The largest turn of the head, in degrees, at which a frame is included.
  ///
  /// If the head is turned, the near half of the face appears wider than the far one, so the two mirrored faces differ in width
  /// regardless of facial movement. The limit is a matter of judgement; no study has determined it.
  public var largestYaw = 20.0
  /// The least quality, 0…1, at which a frame is included: the tracker's limit between fair and poor.
  public var leastQuality = 1.0 / 3
  /// The minimum that the value of the stronger side must reach for an index or a ratio to be given; below it, both values may be noise.
  public var floor: Float = 0.25
  /// The share of a measure's scale from which a value counts as being at its end, where it can hardly grow.
  public var scaleEnd: Float = 0.95
  /// The share of the included frames that represent the clip's neutral face. They are the frames with the least activity and motion.
  public var neutralShare = 0.1
  /// The number of included frames below which no side is called weaker by its movement.
  public var fewestFrames = 10
  /// If a measure's area of the face is covered in some included frames, the sides are compared only if the area is visible in at least
  /// this share of them. Below it, the cover may have gone unnoticed in the frames in which the area seems visible.
  public var leastVisibleShare = 1.0 / 3
  /// The factor by which the limit of a difference is multiplied if another area of the face is covered in more than two thirds of the
  /// compared frames. Whatever covers that area also disturbs the midline and the face mesh as a whole.
  public var coverCaution: Float = 2.5
  /// The accepted probability that a healthy face gets at least one finding, assuming that the differences of healthy faces are normally
  /// distributed.
  ///
  /// The more measures a clip has, the more likely is a wrong finding, so the limit of each measure grows with their number.
  public var falseFindingProbability = 0.1
  /// The limit of a difference in level is multiplied by at least this factor. The sides of a healthy face differ more at rest than in
  /// movement, and no held expressions whose weaker side is known were measured.
  public var levelCaution: Float = 2

  public init() {}

  /// The normalised asymmetry index (R − L) / (R + L): 1 if only the right side moves, −1 if only the left one does.
  /// - Returns: not-a-number if a value is missing or the stronger one is below `floor`.
  public func index(right: Float, left: Float) -> Float {
    guard max(right, left) >= floor else { return .nan }
    return (right - left) / (right + left)
  }

  /// The factor by which the 95 % error of a difference is multiplied to get its limit, if `count` measures are compared (Šidák's
  /// correction); at least 1.
  func factor(forMeasures count: Int) -> Float {
    guard count > 1 else { return 1 }
    let tail = 1 - pow(1 - falseFindingProbability, 1 / Double(count))
    // The two-sided quantile by bisection: `erfc` falls from 1 to 0.
    var (low, high) = (0.0, 10.0)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if erfc(middle / 2.0.squareRoot()) > tail { low = middle } else { high = middle }
    }
    return max(1, Float(low) / SideLimits.normal95)
  }
}
