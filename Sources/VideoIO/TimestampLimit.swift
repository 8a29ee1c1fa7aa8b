/// The bounds within which a file's timestamps are accepted, in seconds.
///
/// A damaged or malicious file can state any 64-bit time. What is derived from timestamps (silence to insert, the axis of a chart, sums in
/// 64 bits) must stay bounded, so a jump beyond these limits counts as implausible and is ignored.
package enum TimestampLimit {
  /// The longest recording, from its beginning: ten days.
  package static let length: Double = 10 * 86_400
  /// The longest pause in the audio. MP4 states the time between two packets in 31 bits, which is three hours at 192 kHz.
  package static let audioPause: Double = 3 * 3600
  /// The longest pause that is filled with silence when audio is transcoded; a longer one stays a gap.
  package static let silence: Double = 600
  /// The longest duration of a usual frame, regardless of the frame rate that the file states.
  static let usualFrame: Double = 3600

  /// The longest time between two frames: what MP4 can state in 31 bits of the output's clock, at most ten days.
  ///
  /// This is 35 minutes for a time base of a microsecond, six hours for 1/90000 s, and a day and a half for a millisecond.
  package static func pause(timeBase: Rational) -> Double {
    min(length, Double(Int32.max) / Double(MP4Muxer.timescale(for: EncoderSettings.timeBase(for: timeBase))) - 1)
  }

  /// Converts seconds to units of a time base. The result is at least 1, and small enough that sums do not overflow.
  static func units(_ seconds: Double, of timeBase: Double) -> Int64 {
    guard timeBase > 0 else { return 1 }
    return Int64(min(max(seconds / timeBase, 1), 0x1p60))
  }
}
