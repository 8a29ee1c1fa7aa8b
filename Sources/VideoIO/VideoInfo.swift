public import Imaging

/// The properties of a video, as they are known once its first frame is decoded.
public struct VideoInfo: Sendable {
  public var path: String
  /// FFmpeg's name of the container, for instance `mov,mp4,m4a,3gp,3g2,mj2`.
  public var container: String
  /// FFmpeg's name of the codec, for instance `hevc`.
  public var codecName: String
  /// FFmpeg's name of the decoded pixel format, before conversion.
  public var pixelFormatName: String
  /// The size of a decoded frame in pixels, before it is turned upright.
  public var codedWidth: Int
  public var codedHeight: Int
  /// The size of the upright frame in pixels.
  public var width: Int
  public var height: Int
  /// The width of an upright pixel divided by its height; 0/1 when the source does not state it.
  public var sampleAspectRatio: Rational
  /// Average frames per second; the container's guess if there is only one frame.
  public var frameRate: Rational
  /// Seconds per unit of `VideoFrame.pts`.
  public var timeBase: Rational
  /// The duration in seconds, or nil when the container does not state it.
  public var duration: Double?
  /// The number of frames that the container states or that follows from duration and frame rate; nil when neither is known.
  public var estimatedFrameCount: Int?
  /// The orientation that the display matrix or EXIF data states, or nil when there is neither.
  public var displayOrientation: ImageOrientation?
  /// The orientation that the reader undoes in the frames it returns.
  public var orientation: ImageOrientation
  /// The colour of the frames that the reader returns.
  public var colour: YUVColour
  /// The tags for `colour`: those of the source, unless conversion or turning requires others.
  public var tags: ColourTags
  /// Whether frames are decoded as 8-bit 4:2:0, so that they need no conversion.
  public var isNative: Bool
  public var isInterlaced: Bool
  /// Whether the file is a still image rather than a video.
  public var isStillImage: Bool
  /// The seconds that the reader subtracts from all of the container's timestamps (see `VideoReader`); 0 for nearly all videos.
  public var timestampOrigin: Double

  /// Describes the audio packets that the reader returns; nil when it returns none.
  var audio: AudioParameters?
  /// The tags and the sample aspect ratio before turning.
  var storedTags = ColourTags()
  var storedAspectRatio = Rational(0, 1)

  /// Describes a video that is not read from a file, for a `VideoWriter`.
  ///
  /// - Parameters:
  ///   - width: pixels per row of the upright frames.
  ///   - height: rows of the upright frames.
  ///   - frameRate: frames per second.
  ///   - timeBase: seconds per unit of the timestamps that will be written; the duration of one frame by default.
  ///   - sampleAspectRatio: the width of a pixel divided by its height.
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
  }
}
