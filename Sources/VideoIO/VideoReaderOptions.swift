public import Imaging

/// Options for reading a video.
public struct VideoReaderOptions: Sendable {
  public var orientation: OrientationOption
  /// The number of decoder threads. More than one delays the first frame; the decoded frames are the same.
  public var decoderThreads: Int
  /// The pool that provides the memory of converted and turned images. If nil, their memory is allocated anew.
  public var pool: PixelMemoryPool?
  /// Whether the reader returns the packets of the best audio stream.
  public var wantsAudio: Bool
  /// The largest number of pixels in a frame, 8192×8192 by default. Larger videos are refused before memory is allocated for them.
  public var maximumPixels: Int
  public var cancellation: VideoCancellation
  /// Whether the decoder skips frames that no other frame refers to, such as about half of a usual H.264 video's. The others are decoded as
  /// always; frame numbers count only them.
  package var skipsUnreferencedFrames = false

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
