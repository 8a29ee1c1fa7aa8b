public import Imaging

/// How a video is to be read.
public struct VideoReaderOptions: Sendable {
  public var orientation: OrientationOption
  /// Threads of the decoder; more than one delays the first frame, never changes the result.
  public var decoderThreads: Int
  /// Where converted and turned pictures get their memory from.
  public var pool: PixelMemoryPool?
  /// Whether packets of the best audio stream are handed out.
  public var wantsAudio: Bool
  /// Pixels that a picture may have; more is refused before memory is taken. 8192×8192 by default.
  public var maximumPixels: Int
  public var cancellation: VideoCancellation

  public init(
    orientation: OrientationOption = .metadata, decoderThreads: Int = 1, pool: PixelMemoryPool? = nil, wantsAudio: Bool = true,
    maximumPixels: Int = 8192 * 8192, cancellation: VideoCancellation = VideoCancellation()
  ) {
    self.orientation = orientation
    self.decoderThreads = decoderThreads
    self.pool = pool
    self.wantsAudio = wantsAudio
    self.maximumPixels = maximumPixels
    self.cancellation = cancellation
  }
}
