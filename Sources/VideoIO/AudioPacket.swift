import CFFmpeg
import CFFmpegLibraries

/// One packet of compressed audio, on its way from reader to writer.
public final class AudioPacket: @unchecked Sendable {  // Not written to once the reader has handed it out.
  let packet: UnsafeMutablePointer<AVPacket>
  let timeBase: AVRational

  /// Takes over what `source` refers to and leaves it blank. Nil when memory is short.
  init?(taking source: UnsafeMutablePointer<AVPacket>, timeBase: AVRational) {
    guard let packet = av_packet_alloc() else { return nil }
    av_packet_move_ref(packet, source)
    self.packet = packet
    self.timeBase = timeBase
  }

  /// Presentation time in seconds, nil when the container does not say.
  public var timestamp: Double? {
    packet.pointee.pts == sf_no_timestamp ? nil : Double(packet.pointee.pts) * av_q2d(timeBase)
  }

  /// Seconds; 0 when unknown.
  public var duration: Double { Double(packet.pointee.duration) * av_q2d(timeBase) }

  /// Only for the reader, before anybody else sees the packet.
  func move(by shift: Int64) {
    packet.pointee.pts = packet.pointee.pts &+ shift
    packet.pointee.dts = packet.pointee.dts &+ shift
  }

  public var byteCount: Int { Int(packet.pointee.size) }

  deinit {
    var pointer: UnsafeMutablePointer<AVPacket>? = packet
    av_packet_free(&pointer)
  }
}
