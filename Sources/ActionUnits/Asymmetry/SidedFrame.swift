/// Why a frame is left out of a clip's summary.
public enum FrameExclusion: String, CaseIterable, Sendable, Codable {
  /// No face was found on one of the two mirrored pictures, or in the frame itself, where the midline of an earlier one was held: there is
  /// nothing to measure then.
  case noFace = "no_face"
  /// The head is turned further than `AsymmetrySettings.largestYaw`: mirroring then shows each side at another angle.
  case headTurned = "head_turned"
  /// The tracker's quality is below `AsymmetrySettings.leastQuality`.
  case poorQuality = "poor_quality"
}

/// Both sides of a face in one frame.
public struct SidedFrame: Sendable {
  /// Seconds.
  public var timestamp: Double
  /// Intensities, 0…5; not-a-number where an engine provides nothing.
  public var right: ActionUnitValues
  public var left: ActionUnitValues
  /// Nil where the frame counts.
  public var exclusion: FrameExclusion?

  public init(timestamp: Double, right: ActionUnitValues, left: ActionUnitValues, exclusion: FrameExclusion?) {
    self.timestamp = timestamp
    self.right = right
    self.left = left
    self.exclusion = exclusion
  }
}

/// The stated limits of the asymmetry measures.
public struct AsymmetrySettings: Sendable, Equatable {
  /// Degrees. With the head turned, the near half of the face is seen wider than the far one, so the two mirrored faces
  /// differ in width whatever the muscles do. A limit of judgement; no study fixes it.
  public var largestYaw = 20.0
  /// 0…1: the tracker's limit between fair and poor.
  public var leastQuality = 1.0 / 3
  /// Intensity that the stronger side must reach for the index to be given: below it, it is a ratio of two noises.
  public var indexFloor: Float = 0.25
  /// The share of the frames in use, those with the least activity and motion, that stand for the clip's neutral face.
  public var neutralShare = 0.1
  /// Ranges that differ by less than this share of the larger one name no weaker side.
  public var evenShare = 0.15

  public init() {}

  /// The normalised asymmetry index (R − L) / (R + L): 1 where only the right side moves, −1 where only the left one does.
  /// - Returns: not-a-number where a value is missing or the stronger one is below the floor.
  public func index(right: Float, left: Float) -> Float {
    guard max(right, left) >= indexFloor else { return .nan }
    return (right - left) / (right + left)
  }
}
