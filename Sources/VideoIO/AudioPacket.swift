import CFFmpeg
import CFFmpegLibraries

/// One packet of compressed audio, which a `VideoReader` returns and a `VideoWriter` accepts.
public final class AudioPacket: @unchecked Sendable {  // It does not change once the reader has returned it.
  let packet: FFmpegPacket
  let timeBase: AVRational

  /// Moves the content of `source` into a new packet and leaves `source` blank. Nil when memory is short.
  init?(taking source: borrowing FFmpegPacket, timeBase: AVRational) {
    guard let packet = FFmpegPacket() else { return nil }
    av_packet_move_ref(packet.pointer, source.pointer)
    self.packet = packet
    self.timeBase = timeBase
  }

  /// The presentation time in seconds, or nil when the container does not state it.
  public var timestamp: Double? {
    let pts = packet.pointer.pointee.pts
    return pts == sf_no_timestamp ? nil : Double(pts) * av_q2d(timeBase)
  }

  /// Adds `shift`, in units of `timeBase`, to the timestamps. Only the reader may do this, before it returns the packet.
  func move(by shift: Int64) {
    packet.pointer.pointee.pts &+= shift
    packet.pointer.pointee.dts &+= shift
  }

  /// The size of the compressed data in bytes.
  public var byteCount: Int { Int(packet.pointer.pointee.size) }
}
