import CFFmpeg
import CFFmpegLibraries

/// Makes the timestamps of audio packets strictly increasing: adds missing ones and removes backward and implausible jumps, as
/// `TimestampRepair` does for frames.
///
/// All times are in units of the stream's time base.
struct AudioTimeline {
  private let unitsPerSecond, longestPause, longest: Int64
  /// Subtracted from all timestamps.
  private let origin: Int64
  /// Added to all later timestamps to remove the jumps before them.
  private var offset: Int64 = 0
  private var last: Int64?
  private var next: Int64 = 0
  /// Whether the position of zero is final; the video's first frame determines it.
  private var isSettled = false
  /// The number of timestamps that were implausibly far from the previous packet or from the beginning.
  private(set) var implausibleJumps = 0

  init(timeBase: AVRational, origin: Int64) {
    let unit = av_q2d(timeBase)
    unitsPerSecond = TimestampLimit.units(1, of: unit)
    longestPause = TimestampLimit.units(TimestampLimit.audioPause, of: unit)
    longest = TimestampLimit.units(TimestampLimit.length, of: unit)
    self.origin = origin
  }

  /// Shifts the timestamps of all later packets.
  mutating func move(by shift: Int64) {
    offset = offset &+ shift
    last = last.map { $0 &+ shift }
    next = next &+ shift
  }

  /// Notes that the position of zero is final.
  ///
  /// - Returns: the shift that brings the packets placed so far within `TimestampLimit.length`; nil if they need none.
  mutating func settle() -> Int64? {
    isSettled = true
    guard let last, last.magnitude > UInt64(longest) else { return nil }
    implausibleJumps += 1
    let shift = 0 &- last
    move(by: shift)
    return shift
  }

  /// Sets the timestamps and the duration of a packet so that it follows the packet before it.
  mutating func place(_ packet: borrowing FFmpegPacket) {
    let stated = packet.pointer.pointee
    let dts = time(stated.dts != sf_no_timestamp ? stated.dts : stated.pts)
    packet.pointer.pointee.pts = dts &+ presentationDelay(stated)
    packet.pointer.pointee.dts = dts
    // A packet of any codec is shorter than a second. A much longer duration includes a gap, which some containers count as part of the
    // packet before it.
    let duration = stated.duration > 10 * unitsPerSecond ? 0 : stated.duration
    packet.pointer.pointee.duration = duration
    last = dts
    next = dts &+ max(1, duration)
  }

  /// Returns the repaired timestamp for `given`, a packet's timestamp in the container.
  private mutating func time(_ given: Int64) -> Int64 {
    if given == sf_no_timestamp { return next }
    let stated = given &- origin &+ offset
    guard let last else {
      return isSettled && stated.magnitude > UInt64(longest) ? ignoreJump(to: stated) : stated
    }
    let (ahead, isFar) = stated.subtractingReportingOverflow(last)
    if isFar || ahead > longestPause || (isSettled && stated > longest && ahead > unitsPerSecond) { return ignoreJump(to: stated) }
    if ahead <= -unitsPerSecond {
      offset = offset &+ (next &- stated)
      return next
    }
    return ahead > 0 ? stated : last &+ 1
  }

  private mutating func ignoreJump(to stated: Int64) -> Int64 {
    implausibleJumps += 1
    offset = offset &+ (next &- stated)
    return next
  }

  /// Returns the time from decoding a packet to presenting it, or 0 if it is negative or implausible. No known codec delays packets by ten
  /// seconds.
  private func presentationDelay(_ packet: AVPacket) -> Int64 {
    guard packet.pts != sf_no_timestamp, packet.dts != sf_no_timestamp else { return 0 }
    let delay = packet.pts &- packet.dts
    return delay > 0 && delay < 10 * unitsPerSecond ? delay : 0
  }
}
