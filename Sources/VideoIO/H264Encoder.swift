import CFFmpeg
import CFFmpegLibraries
import Imaging

/// An open H.264 encoder.
final class H264Encoder {
  /// Gets every finished packet, with timestamps in `settings.timeBase`.
  typealias Receiver = (borrowing FFmpegPacket) throws(VideoError) -> Void

  let kind: EncoderKind
  let settings: EncoderSettings
  let codec: FFmpegCodecContext
  private let context: FFmpegContext
  private let packet: FFmpegPacket
  /// Durations by timestamp: encoders do not pass them on.
  private var durations: [Int64: Int64] = [:]

  /// Opens the encoder with the first of its `kind`'s attempts that succeeds.
  ///
  /// - Throws: `VideoError` with the code `noEncoder`.
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
    packet = try context.require(FFmpegPacket(), .encodeFailed)
  }

  private static func open(
    _ encoder: UnsafePointer<AVCodec>, _ kind: EncoderKind, _ settings: EncoderSettings, _ context: FFmpegContext
  ) throws(VideoError) -> FFmpegCodecContext {
    var failure = context.error(.noEncoder, "there are no settings for the encoder \(kind.name)")
    for attempt in kind.attempts(settings) {
      do throws(VideoError) { return try open(encoder, kind, settings, attempt, context) } catch { failure = error }
    }
    throw failure
  }

  private static func open(
    _ encoder: UnsafePointer<AVCodec>, _ kind: EncoderKind, _ settings: EncoderSettings, _ attempt: EncoderKind.Attempt,
    _ context: FFmpegContext
  ) throws(VideoError) -> FFmpegCodecContext {
    let codec = try context.require(FFmpegCodecContext(encoder, log: context.log), .noEncoder)
    configure(codec.pointer, settings, attempt)
    switch kind.input {
    case .planar: codec.pointer.pointee.pix_fmt = AV_PIX_FMT_YUV420P
    case .semiPlanar: codec.pointer.pointee.pix_fmt = AV_PIX_FMT_NV12
    case .vaapi: try attachDevice(to: codec.pointer, settings, context)
    }
    var options = FFmpegOptions(attempt.options)
    try context.check(avcodec_open2(codec.pointer, encoder, &options.dictionary), .noEncoder, "open the encoder \(kind.name)")
    let unknown = options.names
    guard unknown.isEmpty else {
      // FFmpeg itself only leaves such options in the dictionary. Without them, the video would have another quality than asked for.
      throw context.error(.noEncoder, "the encoder \(kind.name) does not know the option \(unknown.joined(separator: ", "))")
    }
    return codec
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
    // Without B-frames, frames are decoded in the order in which they are shown, so that nothing is delayed or reordered.
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

  /// Gives the encoder a VA-API device and a pool of its surfaces, as FFmpeg's `doc/examples/vaapi_encode.c` does. Never run on
  /// hardware by this project.
  private static func attachDevice(
    to codec: UnsafeMutablePointer<AVCodecContext>, _ settings: EncoderSettings, _ context: FFmpegContext
  ) throws(VideoError) {
    var opened: UnsafeMutablePointer<AVBufferRef>?
    try context.check(av_hwdevice_ctx_create(&opened, AV_HWDEVICE_TYPE_VAAPI, nil, nil, 0), .noEncoder, "open a VA-API device")
    let device = FFmpegBufferReference(taking: try context.require(opened, .noEncoder))
    let frames = FFmpegBufferReference(taking: try context.require(av_hwframe_ctx_alloc(device.pointer), .noEncoder))
    frames.pointer.pointee.data.withMemoryRebound(to: AVHWFramesContext.self, capacity: 1) {
      $0.pointee.format = AV_PIX_FMT_VAAPI
      $0.pointee.sw_format = AV_PIX_FMT_NV12
      $0.pointee.width = Int32(settings.width)
      $0.pointee.height = Int32(settings.height)
      $0.pointee.initial_pool_size = 20
    }
    try context.check(av_hwframe_ctx_init(frames.pointer), .noEncoder, "create VA-API surfaces")
    codec.pointee.pix_fmt = AV_PIX_FMT_VAAPI
    codec.pointee.hw_frames_ctx = av_buffer_ref(frames.pointer)
  }

  // MARK: Encoding

  /// Encodes one image; `pts` and `duration` are in `settings.timeBase`.
  func encode(_ image: YUVImage, pts: Int64, duration: Int64, _ body: Receiver) throws(VideoError) {
    var frame = try context.require(makeFrame(image), .encodeFailed)
    if kind.input == .vaapi { frame = try upload(frame) }
    let codec = codec.pointer
    frame.pointer.pointee.pts = pts
    frame.pointer.pointee.pict_type = AV_PICTURE_TYPE_NONE
    frame.pointer.pointee.sample_aspect_ratio = codec.pointee.sample_aspect_ratio
    frame.pointer.pointee.color_range = codec.pointee.color_range
    frame.pointer.pointee.colorspace = codec.pointee.colorspace
    frame.pointer.pointee.color_primaries = codec.pointee.color_primaries
    frame.pointer.pointee.color_trc = codec.pointee.color_trc
    frame.pointer.pointee.chroma_location = codec.pointee.chroma_sample_location
    durations[pts] = duration
    try send(frame.pointer, body)
  }

  /// Encodes what the encoder still holds.
  func finish(_ body: Receiver) throws(VideoError) { try send(nil, body) }

  private func send(_ frame: UnsafeMutablePointer<AVFrame>?, _ body: Receiver) throws(VideoError) {
    try context.check(avcodec_send_frame(codec.pointer, frame), .encodeFailed, "encode with \(kind.name)")
    while true {
      let status = avcodec_receive_packet(codec.pointer, packet.pointer)
      if status == sf_error_again || status == sf_error_eof { return }
      try context.check(status, .encodeFailed, "encode with \(kind.name)")
      defer { av_packet_unref(packet.pointer) }
      if let duration = durations.removeValue(forKey: packet.pointer.pointee.pts) { packet.pointer.pointee.duration = duration }
      try body(packet)
    }
  }

  private func makeFrame(_ image: YUVImage) -> FFmpegFrame? {
    if kind.input != .planar { return EncoderFrame.semiPlanar(image, width: settings.width, height: settings.height) }
    if image.width == settings.width, image.height == settings.height { return EncoderFrame.wrapping(image) }
    return EncoderFrame.wrapping(EncoderFrame.padded(image, width: settings.width, height: settings.height))
  }

  /// Copies a frame to a surface of the VA-API device.
  private func upload(_ frame: borrowing FFmpegFrame) throws(VideoError) -> FFmpegFrame {
    let surface = try context.require(FFmpegFrame(), .encodeFailed)
    let pool = codec.pointer.pointee.hw_frames_ctx
    try context.check(av_hwframe_get_buffer(pool, surface.pointer, 0), .encodeFailed, "get a VA-API surface")
    try context.check(av_hwframe_transfer_data(surface.pointer, frame.pointer, 0), .encodeFailed, "copy a frame to the VA-API device")
    return surface
  }
}
