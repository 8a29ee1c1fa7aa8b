/// How far a file's timestamps are believed.
///
/// A damaged or malicious file can state any 64-bit time. What follows from one (silence to fill, an axis to draw, clocks that
/// overflow) must stay bounded, so times beyond these limits count as jumps.
package enum TimestampLimit {
  /// Seconds from a recording's beginning: ten days.
  package static let length: Double = 10 * 86_400
  /// Seconds that sound may pause. MP4 counts the time between two packets in 31 bits, of 192 kHz at most.
  package static let soundPause: Double = 3 * 3600
  /// Seconds of a pause in the sound that are filled with silence where it is made anew; a longer one stays a gap.
  package static let silence: Double = 600
  /// Seconds of what is taken for a usual frame, where a frame rate is stated.
  static let usualFrame: Double = 3600

  /// Seconds between two frames of a video: what MP4 can state in 31 bits of the output's clock, ten days at most. With a clock of a
  /// microsecond that is 35 minutes, with 90 kHz six hours, with milliseconds a day and a half.
  package static func pause(timeBase: Rational) -> Double {
    min(length, Double(Int32.max) / Double(MP4Muxer.timescale(for: EncoderSettings.timeBase(for: timeBase))) - 1)
  }

  /// A number of seconds as units of a time base, at least 1, at most what leaves room to add.
  static func units(_ seconds: Double, of timeBase: Double) -> Int64 {
    guard timeBase > 0 else { return 1 }
    return Int64(min(max(seconds / timeBase, 1), 0x1p60))
  }
}
