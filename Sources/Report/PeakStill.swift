public import Measures

/// A frame in which one or more measures reach their highest value, with its three images: both mirrored sides and the source.
public struct PeakStill: Sendable {
  /// The highest value of a measure in the clip.
  public struct Peak: Sendable, Equatable {
    public var measure: MeasureID
    /// The side that reaches the value.
    public var side: FaceSide
    public var value: Float

    public init(measure: MeasureID, side: FaceSide, value: Float) {
      self.measure = measure
      self.side = side
      self.value = value
    }
  }

  /// An encoded image.
  public struct Picture: Sendable {
    public var bytes: [UInt8]
    /// The media type of the bytes: `image/jpeg` or `image/png`.
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

  /// The number of the frame, counted from 1.
  public var frameNumber: Int
  /// The time of the frame in seconds.
  public var timestamp: Double
  /// The peaks in this frame, in the order of their measures.
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
