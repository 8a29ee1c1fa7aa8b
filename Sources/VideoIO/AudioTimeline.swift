import CFFmpeg
import CFFmpegLibraries

/// Keeps audio packets in order: fills in what the container leaves out and undoes jumps back and leaps ahead, as `TimestampRepair` does
/// for frames.
struct AudioTimeline {
  private let unitsPerSecond, longestPause, longest: Int64
  /// Subtracted from everything, in the stream's units.
  private let origin: Int64
  private var offset: Int64 = 0
  private var last: Int64?
  private var next: Int64 = 0
  /// Whether the video's first frame has said where zero lies.
  private var isSettled = false
  /// Times further from the packet before, or from the beginning, than is believed.
  private(set) var leaps = 0

  init(timeBase: AVRational, origin: Int64) {
    let unit = av_q2d(timeBase)
    unitsPerSecond = TimestampLimit.units(1, of: unit)
    longestPause = TimestampLimit.units(TimestampLimit.soundPause, of: unit)
    longest = TimestampLimit.units(TimestampLimit.length, of: unit)
    self.origin = origin
  }

  /// Moves everything from now on.
  mutating func move(by shift: Int64) {
    offset = offset &+ shift
    last = last.map { $0 &+ shift }
    next = next &+ shift
  }

  /// To be called when zero is known.
  /// - Returns: by how much what was placed before has to be moved, so that it lies in a time that is believed.
  mutating func settle() -> Int64? {
    isSettled = true
    guard let last, last.magnitude > UInt64(longest) else { return nil }
    leaps += 1
    let shift = 0 &- last
    move(by: shift)
    return shift
  }

  mutating func place(_ packet: UnsafeMutablePointer<AVPacket>) {
    let given = packet.pointee.dts != sf_no_timestamp ? packet.pointee.dts : packet.pointee.pts
    let dts = time(given)
    packet.pointee.pts = dts &+ lead(packet.pointee)
    packet.pointee.dts = dts
    // Codecs' packets are shorter than a second; what says more is a gap in other words.
    if packet.pointee.duration > 10 * unitsPerSecond { packet.pointee.duration = 0 }
    last = dts
    next = dts &+ max(1, packet.pointee.duration)
  }

  /// Where a packet goes whose container says `given`.
  private mutating func time(_ given: Int64) -> Int64 {
    if given == sf_no_timestamp { return next }
    let stated = given &- origin &+ offset
    guard let last else {
      if !isSettled || stated.magnitude <= UInt64(longest) { return stated }
      return leap(from: stated)
    }
    let (ahead, isFar) = stated.subtractingReportingOverflow(last)
    if isFar || ahead > longestPause || (isSettled && stated > longest && ahead > unitsPerSecond) { return leap(from: stated) }
    if ahead <= -unitsPerSecond {
      offset = offset &+ (next &- stated)
      return next
    }
    return ahead > 0 ? stated : last &+ 1
  }

  private mutating func leap(from stated: Int64) -> Int64 {
    leaps += 1
    offset = offset &+ (next &- stated)
    return next
  }

  /// How much later a packet is heard than decoded; no codec that is known delays by as much as ten seconds.
  private func lead(_ packet: AVPacket) -> Int64 {
    guard packet.pts != sf_no_timestamp, packet.dts != sf_no_timestamp else { return 0 }
    let lead = packet.pts &- packet.dts
    return lead > 0 && lead < 10 * unitsPerSecond ? lead : 0
  }
}
