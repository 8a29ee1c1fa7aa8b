import CFFmpeg
import CFFmpegLibraries
import Imaging

/// One opened H.264 encoder.
final class H264Encoder {
  let kind: EncoderKind
  let settings: EncoderSettings
  let codec: UnsafeMutablePointer<AVCodecContext>
  private let context: FFmpegContext
  private let packet: UnsafeMutablePointer<AVPacket>
  /// By timestamp: encoders do not hand durations through.
  private var durations: [Int64: Int64] = [:]

  init(_ kind: EncoderKind, _ settings: EncoderSettings, context: FFmpegContext) throws(VideoError) {
    self.kind = kind
    self.settings = settings
    self.context = context
    guard let encoder = avcodec_find_encoder_by_name(kind.name) else {
      throw context.error(.noEncoder, "this build of FFmpeg has no encoder called \(kind.name)")
    }
    guard encoder.pointee.id == AV_CODEC_ID_H264 else {
      throw context.error(.noEncoder, "\(kind.name) is not an H.264 encoder")
    }
    codec = try Self.open(encoder, kind, settings, context)
    packet = try context.require(av_packet_alloc(), .encodeFailed)
  }

  deinit {
    var codec: UnsafeMutablePointer<AVCodecContext>? = codec
    avcodec_free_context(&codec)
    var packet: UnsafeMutablePointer<AVPacket>? = packet
    av_packet_free(&packet)
  }

  private static func open(
    _ encoder: UnsafePointer<AVCodec>, _ kind: EncoderKind, _ settings: EncoderSettings, _ context: FFmpegContext
  ) throws(VideoError) -> UnsafeMutablePointer<AVCodecContext> {
    var failure = context.error(.noEncoder, "the encoder \(kind.name) was not tried")
    for attempt in kind.attempts(settings) {
      do throws(VideoError) { return try open(encoder, kind, settings, attempt, context) } catch { failure = error }
    }
    throw failure
  }

  private static func open(
    _ encoder: UnsafePointer<AVCodec>, _ kind: EncoderKind, _ settings: EncoderSettings, _ attempt: EncoderKind.Attempt,
    _ context: FFmpegContext
  ) throws(VideoError) -> UnsafeMutablePointer<AVCodecContext> {
    let codec = try context.require(avcodec_alloc_context3(encoder), .noEncoder)
    do throws(VideoError) {
      configure(codec, settings, attempt)
      codec.pointee.opaque = context.log.opaque
      switch kind.input {
      case .planar: codec.pointee.pix_fmt = AV_PIX_FMT_YUV420P
      case .semiPlanar: codec.pointee.pix_fmt = AV_PIX_FMT_NV12
      case .vaapi: try attachDevice(to: codec, settings, context)
      }
      var options = FFmpegOptions(attempt.options)
      try context.check(avcodec_open2(codec, encoder, &options.dictionary), .noEncoder, "open the encoder \(kind.name)")
      return codec
    } catch {
      var pointer: UnsafeMutablePointer<AVCodecContext>? = codec
      avcodec_free_context(&pointer)
      throw error
    }
  }

  private static func configure(
    _ codec: UnsafeMutablePointer<AVCodecContext>, _ settings: EncoderSettings, _ attempt: EncoderKind.Attempt
  ) {
    codec.pointee.width = Int32(settings.width)
    codec.pointee.height = Int32(settings.height)
    codec.pointee.time_base = settings.timeBase.ffmpeg
    codec.pointee.framerate = settings.frameRate.ffmpeg
    codec.pointee.sample_aspect_ratio = settings.sampleAspectRatio.ffmpeg
    codec.pointee.thread_count = Int32(max(1, min(settings.threads, 64)))
    // Decoding order is presentation order: nothing has to be delayed or reordered.
    codec.pointee.max_b_frames = 0
    codec.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
    codec.pointee.color_range = AVColorRange(UInt32(settings.tags.range))
    codec.pointee.colorspace = AVColorSpace(UInt32(settings.tags.matrix))
    codec.pointee.color_primaries = AVColorPrimaries(UInt32(settings.tags.primaries))
    codec.pointee.color_trc = AVColorTransferCharacteristic(UInt32(settings.tags.transfer))
    codec.pointee.chroma_sample_location = AVChromaLocation(UInt32(settings.tags.chromaLocation))
    codec.pointee.global_quality = attempt.globalQuality
    if attempt.usesQualityScale { codec.pointee.flags |= AV_CODEC_FLAG_QSCALE }
    codec.pointee.bit_rate = attempt.bitRate
  }

  /// Gives the encoder a VA-API device and a pool of its surfaces. Follows FFmpeg's `doc/examples/vaapi_encode.c`; not run on
  /// hardware by us.
  private static func attachDevice(
    to codec: UnsafeMutablePointer<AVCodecContext>, _ settings: EncoderSettings, _ context: FFmpegContext
  ) throws(VideoError) {
    var device: UnsafeMutablePointer<AVBufferRef>?
    try context.check(av_hwdevice_ctx_create(&device, AV_HWDEVICE_TYPE_VAAPI, nil, nil, 0), .noEncoder, "open a VA-API device")
    defer { av_buffer_unref(&device) }
    let frames = try context.require(av_hwframe_ctx_alloc(device), .noEncoder)
    var owned: UnsafeMutablePointer<AVBufferRef>? = frames
    defer { av_buffer_unref(&owned) }
    frames.pointee.data.withMemoryRebound(to: AVHWFramesContext.self, capacity: 1) {
      $0.pointee.format = AV_PIX_FMT_VAAPI
      $0.pointee.sw_format = AV_PIX_FMT_NV12
      $0.pointee.width = Int32(settings.width)
      $0.pointee.height = Int32(settings.height)
      $0.pointee.initial_pool_size = 20
    }
    try context.check(av_hwframe_ctx_init(frames), .noEncoder, "make VA-API surfaces")
    codec.pointee.pix_fmt = AV_PIX_FMT_VAAPI
    codec.pointee.hw_frames_ctx = av_buffer_ref(frames)
  }

  // MARK: Encoding

  /// Encodes one picture and gives every finished packet to `body`, with timestamps in `settings.timeBase`.
  func encode(
    _ image: YUVImage, pts: Int64, duration: Int64, _ body: (UnsafeMutablePointer<AVPacket>) throws(VideoError) -> Void
  ) throws(VideoError) {
    var frame: UnsafeMutablePointer<AVFrame>? = try context.require(makeFrame(image), .encodeFailed)
    defer { av_frame_free(&frame) }
    if kind.input == .vaapi { try upload(&frame) }
    guard let frame else { return }
    frame.pointee.pts = pts
    frame.pointee.pict_type = AV_PICTURE_TYPE_NONE
    frame.pointee.sample_aspect_ratio = codec.pointee.sample_aspect_ratio
    frame.pointee.color_range = codec.pointee.color_range
    frame.pointee.colorspace = codec.pointee.colorspace
    frame.pointee.color_primaries = codec.pointee.color_primaries
    frame.pointee.color_trc = codec.pointee.color_trc
    frame.pointee.chroma_location = codec.pointee.chroma_sample_location
    durations[pts] = duration
    try send(frame, body)
  }

  /// Gives what the encoder still holds.
  func finish(_ body: (UnsafeMutablePointer<AVPacket>) throws(VideoError) -> Void) throws(VideoError) { try send(nil, body) }

  private func send(
    _ frame: UnsafeMutablePointer<AVFrame>?, _ body: (UnsafeMutablePointer<AVPacket>) throws(VideoError) -> Void
  ) throws(VideoError) {
    try context.check(avcodec_send_frame(codec, frame), .encodeFailed, "encode with \(kind.name)")
    while true {
      let status = avcodec_receive_packet(codec, packet)
      if status == sf_error_again || status == sf_error_eof { return }
      try context.check(status, .encodeFailed, "encode with \(kind.name)")
      defer { av_packet_unref(packet) }
      packet.pointee.duration = durations.removeValue(forKey: packet.pointee.pts) ?? packet.pointee.duration
      try body(packet)
    }
  }

  private func makeFrame(_ image: YUVImage) -> UnsafeMutablePointer<AVFrame>? {
    if kind.input != .planar { return EncoderFrame.semiPlanar(image, width: settings.width, height: settings.height) }
    if image.width == settings.width, image.height == settings.height { return EncoderFrame.wrapping(image) }
    return EncoderFrame.wrapping(EncoderFrame.padded(image, width: settings.width, height: settings.height))
  }

  private func upload(_ frame: inout UnsafeMutablePointer<AVFrame>?) throws(VideoError) {
    var surface: UnsafeMutablePointer<AVFrame>? = try context.require(av_frame_alloc(), .encodeFailed)
    defer { av_frame_free(&surface) }
    try context.check(av_hwframe_get_buffer(codec.pointee.hw_frames_ctx, surface, 0), .encodeFailed, "get a VA-API surface")
    try context.check(av_hwframe_transfer_data(surface, frame, 0), .encodeFailed, "copy a frame to the VA-API device")
    swap(&frame, &surface)
  }
}
