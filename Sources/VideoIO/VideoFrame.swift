public import Imaging

/// One decoded frame.
public struct VideoFrame: Sendable {
  /// The 0-based position in presentation order.
  public let index: Int
  /// The presentation timestamp in units of `VideoInfo.timeBase`, strictly greater than that of the frame before.
  public let pts: Int64
  /// The presentation timestamp in seconds.
  public let timestamp: Double
  /// The time to the next frame in units of `VideoInfo.timeBase`. For the last frame, it is the duration that the container states, or else
  /// the duration of the frame before.
  public let duration: Int64
  /// The upright image.
  public let image: YUVImage
}
