public import Imaging

/// What a reader hands out next.
public enum VideoItem: Sendable {
  case frame(VideoFrame)
  case audio(AudioPacket)
}

/// One decoded frame.
public struct VideoFrame: Sendable {
  /// 0-based position in presentation order.
  public let index: Int
  /// Presentation timestamp in `VideoInfo.timeBase`, strictly greater than the frame before it has.
  public let pts: Int64
  /// The same in seconds.
  public let timestamp: Double
  /// Time to the next frame in `VideoInfo.timeBase`; the last frame has what the container says or the one before had.
  public let duration: Int64
  /// The upright picture.
  public let image: YUVImage
}
