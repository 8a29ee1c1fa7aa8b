/// The settings that an H.264 encoder is opened with.
struct EncoderSettings: Hashable, Sendable {
  /// Pixels; width and height are even. H.264 in 4:2:0 states cropping in pairs of pixels, so it cannot state an odd size.
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
  /// Settings for a video that is like `info`.
  init(_ info: VideoInfo, _ options: VideoWriterOptions) {
    self.init(
      width: (info.width + 1) & ~1, height: (info.height + 1) & ~1, timeBase: Self.timeBase(for: info.timeBase), frameRate: info.frameRate,
      sampleAspectRatio: info.sampleAspectRatio, tags: info.tags, threads: options.encoderThreads,
      rateControl: options.rateControl, quality: options.quality, preset: options.preset)
  }

  /// The time base for writing: one over a whole number, as in MP4, and at least a microsecond, since finer clocks would overflow MP4's
  /// durations.
  static func timeBase(for source: Rational) -> Rational { Rational(1, max(1, min(source.denominator, 1_000_000))) }
}
