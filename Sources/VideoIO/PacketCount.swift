import CFFmpeg
import CFFmpegLibraries

/// How many packets a finished file's video has, told by reading it rather than by whoever wrote it.
public enum PacketCount {
  /// - Returns: whole packets of the best video stream; each is a frame.
  /// - Throws: `VideoError`: `cannotOpen`, `notAVideo`, `noVideoStream`, `readFailed` also where the file ends early, `cancelled`.
  public static func ofVideo(path: String, cancellation: VideoCancellation = VideoCancellation()) throws(VideoError) -> Int {
    let context = FFmpegContext(path: path)
    context.log.bind()
    let demuxer = try Demuxer(context: context, cancellation: cancellation, maximumPixels: VideoReaderOptions().maximumPixels)
    let stream = try StreamChoice(demuxer: demuxer, wantsAudio: false, context: context).video
    var packet: UnsafeMutablePointer<AVPacket>? = try context.require(av_packet_alloc())
    defer { av_packet_free(&packet) }
    guard let packet else { return 0 }
    var count = 0
    while true {
      let status = demuxer.read(into: packet)
      if status == sf_error_eof { return count }
      try context.check(status, .readFailed, "count the packets after \(count)")
      defer { av_packet_unref(packet) }
      if packet.pointee.stream_index == stream.pointee.index, packet.pointee.size > 0, packet.pointee.flags & AV_PKT_FLAG_CORRUPT == 0 {
        count += 1
      }
    }
  }
}
