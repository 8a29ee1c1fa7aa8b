public import Imaging

/// What is known about a video once its first frame is decoded.
public struct VideoInfo: Sendable {
  public var path: String
  /// FFmpeg's name of the container, for instance `mov,mp4,m4a,3gp,3g2,mj2`.
  public var container: String
  /// FFmpeg's name of the codec, for instance `hevc`.
  public var codecName: String
  /// FFmpeg's name of the decoded pixel format, before conversion.
  public var pixelFormatName: String
  /// Pixels of a decoded picture, before it is turned.
  public var codedWidth: Int
  public var codedHeight: Int
  /// Pixels of the upright picture.
  public var width: Int
  public var height: Int
  /// Width by height of an upright pixel; 0/1 when the source does not say.
  public var sampleAspectRatio: Rational
  /// Average frames per second; the container's guess where there is only one frame.
  public var frameRate: Rational
  /// Seconds of one unit of `VideoFrame.pts`.
  public var timeBase: Rational
  /// Seconds, or nil when the container does not say.
  public var duration: Double?
  /// Frames that the container announces or that duration and rate suggest; nil when neither is known.
  public var estimatedFrameCount: Int?
  /// What the display matrix or EXIF data says, or nil when there is none.
  public var displayOrientation: ImageOrientation?
  /// What is undone in the frames that are handed out.
  public var orientation: ImageOrientation
  /// Colour of the frames that are handed out.
  public var colour: YUVColour
  /// The tags that belong to `colour`: the source's, except where converting or guessing the matrix required others.
  public var tags: ColourTags
  /// Whether frames are handed out as they were decoded, without any conversion.
  public var isNative: Bool
  public var isInterlaced: Bool
  /// Whether the file is a picture rather than a video.
  public var isStillImage: Bool
  /// Seconds that were subtracted from all of the container's timestamps (see `VideoReader`); 0 for nearly all videos.
  public var timestampOrigin: Double
  /// All audio streams; the one that is handed out says so.
  public var audioStreams: [AudioStreamInfo]

  /// Parameters of the audio that is handed out.
  var audio: AudioParameters?
  /// Tags and aspect ratio as they are before turning.
  var storedTags = ColourTags()
  var storedAspectRatio = Rational(0, 1)

  /// A description for videos that are not read from a file, so that a writer can be made.
  ///
  /// - Parameters:
  ///   - width: pixels of the upright picture.
  ///   - frameRate: frames per second.
  ///   - timeBase: seconds of one unit of the timestamps that will be written; one frame by default.
  public init(
    width: Int, height: Int, frameRate: Rational, timeBase: Rational? = nil, colour: YUVColour = YUVColour(),
    sampleAspectRatio: Rational = Rational(1, 1)
  ) {
    path = ""
    container = ""
    codecName = ""
    pixelFormatName = "yuv420p"
    codedWidth = width
    codedHeight = height
    self.width = width
    self.height = height
    self.sampleAspectRatio = sampleAspectRatio
    self.frameRate = frameRate
    self.timeBase = timeBase ?? Rational(frameRate.denominator, frameRate.numerator)
    orientation = .up
    self.colour = colour
    tags = ColourTags(colour)
    isNative = true
    isInterlaced = false
    isStillImage = false
    timestampOrigin = 0
    audioStreams = []
  }
}

/// One audio stream of a video.
public struct AudioStreamInfo: Hashable, Sendable {
  /// Its index in the container.
  public var index: Int
  public var codecName: String
  /// Samples per second.
  public var sampleRate: Int
  public var channels: Int
  public var language: String?
  /// Whether its packets are the ones that the reader hands out.
  public var isChosen: Bool
}
