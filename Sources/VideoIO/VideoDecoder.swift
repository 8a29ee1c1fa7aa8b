import CFFmpeg
import CFFmpegLibraries

/// Decodes one video stream.
final class VideoDecoder {
  private let codec: FFmpegCodecContext
  private let context: FFmpegContext

  /// The result of `receive()`.
  enum Output {
    case frame(DecodedFrame)
    /// The decoder needs another packet.
    case needsPacket
    case end
    /// The decoder skipped data that it could not decode.
    case damaged
  }

  init(stream: UnsafeMutablePointer<AVStream>, options: VideoReaderOptions, context: FFmpegContext) throws(VideoError) {
    self.context = context
    codec = try FFmpegCodecContext.decoder(for: stream.pointee.codecpar, context: context) { settings throws(VideoError) in
      settings.pointee.pkt_timebase = stream.pointee.time_base
      settings.pointee.framerate = stream.pointee.avg_frame_rate
      settings.pointee.max_pixels = Int64(options.maximumPixels)
      settings.pointee.thread_count = Int32(max(1, min(options.decoderThreads, 64)))
      if options.skipsUnreferencedFrames { settings.pointee.skip_frame = AVDISCARD_NONREF }
      let (width, height) = (Int(settings.pointee.width), Int(settings.pointee.height))
      if width * height > options.maximumPixels {
        throw context.error(.tooLarge, "frames of \(width)×\(height) exceed the limit of \(options.maximumPixels) pixels")
      }
    }
  }

  var identifier: AVCodecID { codec.pointer.pointee.codec_id }

  /// Sends a packet to the decoder; returns false when the decoder rejects it as damaged.
  ///
  /// - Throws: `VideoError` with the code `readFailed` when memory is short.
  func send(_ packet: borrowing FFmpegPacket) throws(VideoError) -> Bool {
    let status = avcodec_send_packet(codec.pointer, packet.pointer)
    if status == sf_error_no_memory { throw context.error(status, .readFailed, "decode") }
    return status >= 0
  }

  /// Tells the decoder that no packet follows.
  func sendEnd() throws(VideoError) {
    let status = avcodec_send_packet(codec.pointer, nil)
    if status == sf_error_no_memory { throw context.error(status, .readFailed, "decode") }
  }

  /// Discards what was sent so far, so that decoding can continue elsewhere in the stream.
  func flush() { avcodec_flush_buffers(codec.pointer) }

  func receive() throws(VideoError) -> Output {
    let frame = try context.require(FFmpegFrame(), .readFailed)
    let status = avcodec_receive_frame(codec.pointer, frame.pointer)
    switch status {
    case 0...: return .frame(DecodedFrame(frame))
    case sf_error_again: return .needsPacket
    case sf_error_eof: return .end
    case sf_error_no_memory: throw context.error(status, .readFailed, "decode")
    default: return .damaged
    }
  }
}
