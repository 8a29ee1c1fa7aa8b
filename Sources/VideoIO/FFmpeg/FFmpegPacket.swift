import CFFmpegLibraries

/// Owns an `AVPacket` and its reference to the data in it.
struct FFmpegPacket: ~Copyable {
  let pointer: UnsafeMutablePointer<AVPacket>

  /// Allocates a blank packet. Nil when memory is short.
  init?() {
    guard let packet = av_packet_alloc() else { return nil }
    pointer = packet
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVPacket>? = pointer
    av_packet_free(&pointer)
  }
}
