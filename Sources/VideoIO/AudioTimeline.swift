import CFFmpeg
import CFFmpegLibraries

/// Puts audio packets in order: adds missing timestamps and closes backward and implausible jumps, as `TimestampRepair` does for frames.
///
/// All times are in units of the stream's time base.
struct AudioTimeline {
  private let unitsPerSecond, longestPause, longest: Int64
  /// Subtracted from all timestamps.
  private let origin: Int64
  /// Added to all later timestamps, because of jumps before them.
  private var offset: Int64 = 0
  private var last: Int64?
  private var next: Int64 = 0
  /// Whether the video's first frame has determined where zero is.
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

  /// Shifts all later packets.
  mutating func move(by shift: Int64) {
    offset = offset &+ shift
    last = last.map { $0 &+ shift }
    next = next &+ shift
  }

  /// Notes that the position of zero is known.
  ///
  /// - Returns: by how much the packets that were placed before must be moved to bring them within `TimestampLimit.length`, or nil.
  mutating func settle() -> Int64? {
    isSettled = true
    guard let last, last.magnitude > UInt64(longest) else { return nil }
    implausibleJumps += 1
    let shift = 0 &- last
    move(by: shift)
    return shift
  }

  /// Gives a packet its place after the one before.
  mutating func place(_ packet: borrowing FFmpegPacket) {
    let stated = packet.pointer.pointee
    let dts = time(stated.dts != sf_no_timestamp ? stated.dts : stated.pts)
    packet.pointer.pointee.pts = dts &+ presentationDelay(stated)
    packet.pointer.pointee.dts = dts
    // Packets of all codecs are shorter than a second. Some containers count a gap as part of the packet before it.
    let duration = stated.duration > 10 * unitsPerSecond ? 0 : stated.duration
    packet.pointer.pointee.duration = duration
    last = dts
    next = dts &+ max(1, duration)
  }

  /// The time at which a packet is placed whose container states `given`.
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

  /// How much later a packet is presented than decoded. No known codec delays by as much as ten seconds.
  private func presentationDelay(_ packet: AVPacket) -> Int64 {
    guard packet.pts != sf_no_timestamp, packet.dts != sf_no_timestamp else { return 0 }
    let delay = packet.pts &- packet.dts
    return delay > 0 && delay < 10 * unitsPerSecond ? delay : 0
  }
}
