/// What an H.264 encoder is opened with.
struct EncoderSettings: Hashable, Sendable {
  /// Even: H.264 4:2:0 counts its cropping in pairs of pixels, so an odd size cannot be stated.
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
