public import ActionUnits

/// A side of the face, the person's own.
public enum FaceSide: String, Sendable, CaseIterable, Codable { case right, left }

/// The three pictures of a frame in which one or more Action Units reach their highest value.
public struct PeakStill: Sendable {
  public struct Peak: Sendable, Equatable {
    public var unit: ActionUnit
    /// The side that reaches the value.
    public var side: FaceSide
    public var value: Float

    public init(unit: ActionUnit, side: FaceSide, value: Float) {
      self.unit = unit
      self.side = side
      self.value = value
    }
  }

  /// An encoded picture.
  public struct Picture: Sendable {
    public var bytes: [UInt8]
    /// `image/jpeg` or `image/png`.
    public var mediaType: String
    public var width: Int
    public var height: Int

    public init(bytes: [UInt8], mediaType: String, width: Int, height: Int) {
      self.bytes = bytes
      self.mediaType = mediaType
      self.width = width
      self.height = height
    }
  }

  /// From 1.
  public var frameNumber: Int
  /// Seconds.
  public var timestamp: Double
  /// In the units' order.
  public var peaks: [Peak]
  public var right: Picture
  public var source: Picture
  public var left: Picture

  public init(frameNumber: Int, timestamp: Double, peaks: [Peak], right: Picture, source: Picture, left: Picture) {
    self.frameNumber = frameNumber
    self.timestamp = timestamp
    self.peaks = peaks
    self.right = right
    self.source = source
    self.left = left
  }
}
