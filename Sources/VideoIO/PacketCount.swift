import CFFmpeg
import CFFmpegLibraries

/// Counts the video packets of a finished file by reading it, independently of the writer's own count.
public enum PacketCount {
  /// Returns the number of intact packets of the best video stream; each is one frame.
  ///
  /// - Throws: `VideoError`: `cannotOpen`, `notAVideo`, `noVideoStream`, `readFailed` (also if the file ends early), `cancelled`.
  public static func ofVideo(path: String, cancellation: VideoCancellation = VideoCancellation()) throws(VideoError) -> Int {
    let context = FFmpegContext(path: path)
    context.log.bind()
    let demuxer = try Demuxer(context: context, cancellation: cancellation, maximumPixels: VideoReaderOptions().maximumPixels)
    let stream = try StreamChoice(demuxer: demuxer, wantsAudio: false, context: context).video.pointee.index
    let packet = try context.require(FFmpegPacket())
    var count = 0
    while true {
      let status = demuxer.read(into: packet)
      if status == sf_error_eof { return count }
      try context.check(status, .readFailed, "read past video packet \(count)")
      defer { av_packet_unref(packet.pointer) }
      let read = packet.pointer.pointee
      if read.stream_index == stream, read.size > 0, read.flags & AV_PKT_FLAG_CORRUPT == 0 { count += 1 }
    }
  }
}
