/// Options for writing a video.
public struct VideoWriterOptions: Sendable {
  /// What the output contains of the source's audio.
  public enum Audio: String, Hashable, Sendable, CaseIterable {
    /// The audio, copied if MP4 players support its codec, else converted to AAC.
    case copy
    /// No audio.
    case none
  }

  /// The quantity that libx264 keeps constant. Other encoders ignore it.
  public enum RateControl: Hashable, Sendable {
    /// The quantiser: all frames are coded with the same precision, whether the face moves or rests. The encoder need not analyse a frame
    /// before coding it, which saves time.
    case quantizer
    /// x264's rate factor (CRF): frames with much motion are coded more coarsely, and frames without motion more finely.
    case rateFactor
  }

  /// FFmpeg's name of an H.264 encoder. If nil, the writer uses the first encoder in `VideoEncoders.usable()` that works and accepts the
  /// video.
  public var encoder: String?
  /// The number of threads of a software encoder. The output depends on it, so the default does not depend on the machine.
  public var encoderThreads: Int
  public var rateControl: RateControl
  /// libx264's quantiser or rate factor, from 0 (best) to 51, or its nearest equivalent in other encoders.
  public var quality: Int
  /// libx264's preset.
  public var preset: String
  public var audio: Audio
  /// Metadata tags of the file, for instance `title` and `comment`.
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
