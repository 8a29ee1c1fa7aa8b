import CFFmpeg
import CFFmpegLibraries

/// Keeps audio packets in order: fills in what the container leaves out and undoes jumps back, as `TimestampRepair` does for frames.
struct AudioTimeline {
  private let unitsPerSecond: Int64
  /// Subtracted from everything, in the stream's units.
  private let origin: Int64
  private var offset: Int64 = 0
  private var last: Int64?
  private var next: Int64 = 0

  init(timeBase: AVRational, origin: Int64) {
    unitsPerSecond = max(1, Int64(1 / max(av_q2d(timeBase), 1e-9)))
    self.origin = origin
  }

  /// Moves everything from now on.
  mutating func move(by shift: Int64) {
    offset = offset &+ shift
    last = last.map { $0 &+ shift }
    next = next &+ shift
  }

  mutating func place(_ packet: UnsafeMutablePointer<AVPacket>) {
    let given = packet.pointee.dts != sf_no_timestamp ? packet.pointee.dts : packet.pointee.pts
    let lead =
      packet.pointee.pts != sf_no_timestamp && packet.pointee.dts != sf_no_timestamp
      ? max(0, packet.pointee.pts &- packet.pointee.dts) : 0
    var dts = given == sf_no_timestamp ? next : given &- origin &+ offset
    if let last {
      if dts <= last - unitsPerSecond {
        offset = offset &+ (next &- dts)
        dts = next
      }
      dts = max(dts, last + 1)
    }
    packet.pointee.dts = dts
    packet.pointee.pts = dts &+ lead
    last = dts
    next = dts &+ max(1, packet.pointee.duration)
  }
}
