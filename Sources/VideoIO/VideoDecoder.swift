import CFFmpeg
import CFFmpegLibraries

/// The decoder of one video stream.
final class VideoDecoder {
  private let codec: UnsafeMutablePointer<AVCodecContext>
  private let context: FFmpegContext
  private var isDraining = false

  /// What `receive()` got.
  enum Output {
    case frame(DecodedFrame)
    /// Needs another packet.
    case hungry
    case end
    /// Something that could not be decoded was passed over.
    case damaged
  }

  init(
    stream: UnsafeMutablePointer<AVStream>, options: VideoReaderOptions, context: FFmpegContext
  ) throws(VideoError) {
    self.context = context
    let parameters = stream.pointee.codecpar
    let identifier = parameters?.pointee.codec_id ?? AV_CODEC_ID_NONE
    let name = String(cString: avcodec_get_name(identifier))
    guard let decoder = avcodec_find_decoder(identifier) else {
      throw context.error(.unsupported, "this build of FFmpeg has no decoder for \(name)")
    }
    codec = try context.require(avcodec_alloc_context3(decoder))
    // From here on `deinit` frees it, also when this throws.
    try context.check(avcodec_parameters_to_context(codec, parameters), .unsupported, "set up the \(name) decoder")
    codec.pointee.opaque = context.log.opaque
    codec.pointee.pkt_timebase = stream.pointee.time_base
    codec.pointee.framerate = stream.pointee.avg_frame_rate
    codec.pointee.max_pixels = Int64(options.maximumPixels)
    codec.pointee.thread_count = Int32(max(1, min(options.decoderThreads, 64)))
    let size = Int(codec.pointee.width) * Int(codec.pointee.height)
    if size > options.maximumPixels { throw Self.tooLarge(codec.pointee.width, codec.pointee.height, options, context) }
    var dictionary = FFmpegOptions()
    try context.check(avcodec_open2(codec, decoder, &dictionary.dictionary), .unsupported, "open the \(name) decoder")
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVCodecContext>? = codec
    avcodec_free_context(&pointer)
  }

  private static func tooLarge(
    _ width: Int32, _ height: Int32, _ options: VideoReaderOptions, _ context: FFmpegContext
  ) -> VideoError {
    context.error(.tooLarge, "pictures of \(width)×\(height) are larger than the limit of \(options.maximumPixels) pixels")
  }

  var identifier: AVCodecID { codec.pointee.codec_id }

  var name: String { String(cString: avcodec_get_name(codec.pointee.codec_id)) }

  /// Hands a packet to the decoder, or nil at the end of the stream; false when it was damaged.
  func send(_ packet: UnsafeMutablePointer<AVPacket>?) throws(VideoError) -> Bool {
    if packet == nil { isDraining = true }
    let status = avcodec_send_packet(codec, packet)
    if status == sf_error_no_memory { throw context.error(status, .readFailed, "decode") }
    return status >= 0 || packet == nil
  }

  func receive() throws(VideoError) -> Output {
    let decoded = try context.require(DecodedFrame(), .readFailed)
    let status = avcodec_receive_frame(codec, decoded.frame)
    switch status {
    case 0...: return .frame(decoded)
    case sf_error_again: return .hungry
    case sf_error_eof: return .end
    case sf_error_no_memory: throw context.error(status, .readFailed, "decode")
    default: return .damaged
    }
  }
}
