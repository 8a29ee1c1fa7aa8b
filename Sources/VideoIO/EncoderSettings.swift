/// The settings that an H.264 encoder is opened with.
struct EncoderSettings: Hashable, Sendable {
  /// The size in pixels. Width and height are even: H.264 in 4:2:0 states cropping in pairs of pixels, so it cannot state an odd size.
  var width: Int
  var height: Int
  var timeBase: Rational
  var frameRate: Rational
  var sampleAspectRatio: Rational
  var tags: ColourTags
  var threads: Int
  var rateControl: VideoWriterOptions.RateControl
  var quality: Int
  var preset: String
}

extension EncoderSettings {
  /// Settings for a video with the size, timing and colour of `info`.
  init(_ info: VideoInfo, _ options: VideoWriterOptions) {
    self.init(
      width: (info.width + 1) & ~1, height: (info.height + 1) & ~1, timeBase: Self.timeBase(for: info.timeBase), frameRate: info.frameRate,
      sampleAspectRatio: info.sampleAspectRatio, tags: info.tags, threads: options.encoderThreads,
      rateControl: options.rateControl, quality: options.quality, preset: options.preset)
  }

  /// Returns the time base for writing. It is one over a whole number, as in MP4, and at least a microsecond, because durations in finer
  /// units would overflow in MP4.
  static func timeBase(for source: Rational) -> Rational { Rational(1, max(1, min(source.denominator, 1_000_000))) }
}
