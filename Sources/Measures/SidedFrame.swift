/// The reason why a frame is excluded from a summary.
public enum FrameExclusion: String, CaseIterable, Sendable, Codable {
  /// Nothing was measured: no face was found in the frame or in one of its two mirrored images, or the frame was mirrored with the midline
  /// of an earlier frame.
  case noFace = "no_face"
  /// The head is turned further than `ComparisonSettings.largestYaw`: mirroring then shows each side from a different angle.
  case headTurned = "head_turned"
  /// The tracker's quality is below `ComparisonSettings.leastQuality`.
  case poorQuality = "poor_quality"
}

/// The measured values of both sides of a face in one frame.
public struct SidedFrame: Sendable {
  /// The presentation time in seconds.
  public var timestamp: Double
  /// The right side's values, in the order of the clip's measures; not-a-number where there is none.
  public var right: [Float]
  /// The left side's values, in the same order.
  public var left: [Float]
  /// The head's yaw in degrees, positive towards the person's own left; not-a-number if it is not known.
  public var yaw: Double
  /// Why the frame is excluded from summaries; nil if it is included.
  public var exclusion: FrameExclusion?
  /// What is covered in this frame. The values of measures of these areas are left out of comparisons.
  public var cover: FaceCover

  public init(
    timestamp: Double, right: [Float], left: [Float], yaw: Double = .nan, exclusion: FrameExclusion?, cover: FaceCover = []
  ) {
    self.timestamp = timestamp
    self.right = right
    self.left = left
    self.yaw = yaw
    self.exclusion = exclusion
    self.cover = cover
  }
}
