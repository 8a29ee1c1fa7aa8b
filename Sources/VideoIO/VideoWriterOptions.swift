/// How a video is to be written.
public struct VideoWriterOptions: Sendable {
  /// What becomes of the source's sound.
  public enum Audio: String, Hashable, Sendable, CaseIterable {
    /// Copied as it is where MP4 can hold it, else made AAC.
    case copy
    case none
  }

  /// What libx264 keeps constant. Other encoders take no notice of it.
  public enum RateControl: Hashable, Sendable {
    /// The quantiser: frames of one kind are coded alike, whether the face moves or rests. The encoder need not look at a frame before it
    /// codes it, which saves about a fifth of its time with the fastest preset.
    case quantizer
    /// x264's rate factor (CRF): frames on which much moves are coded more coarsely, still ones more finely.
    case rateFactor
  }

  /// FFmpeg's name of an H.264 encoder, or nil for the first of `VideoEncoders.candidates` that opens.
  public var encoder: String?
  /// Threads of a software encoder. Its output depends on this number, so it does not follow the machine.
  public var encoderThreads: Int
  public var rateControl: RateControl
  /// libx264's quantiser or rate factor, and what comes nearest to it in other encoders: 0 (best) to 51.
  public var quality: Int
  /// libx264's preset.
  public var preset: String
  public var audio: Audio
  /// Tags of the file, for instance `title` and `comment`.
  public var metadata: [String: String]
  public var cancellation: VideoCancellation

  public init(
    encoder: String? = nil, encoderThreads: Int = 1, rateControl: RateControl = .quantizer, quality: Int = 18, preset: String = "ultrafast",
    audio: Audio = .copy, metadata: [String: String] = [:], cancellation: VideoCancellation = VideoCancellation()
  ) {
    self.encoder = encoder
    self.encoderThreads = encoderThreads
    self.rateControl = rateControl
    self.quality = quality
    self.preset = preset
    self.audio = audio
    self.metadata = metadata
    self.cancellation = cancellation
  }
}

/// What a writer has written.
public struct WrittenVideo: Hashable, Sendable {
  public var path: String
  /// Frames that are in the file.
  public var frameCount: Int
  /// Packets of the source's sound that are in the file, as they were or as AAC.
  public var audioPacketCount: Int
  public var byteCount: Int
  public var encoder: String
}
