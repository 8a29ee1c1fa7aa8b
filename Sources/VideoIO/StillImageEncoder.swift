import CFFmpeg
import CFFmpegLibraries
public import Imaging

/// Makes files of single pictures with FFmpeg's own encoders.
public enum StillImageEncoder {
  /// A PNG file, RGB, 8 bits.
  /// - Throws: `VideoError` where FFmpeg was built without the encoder.
  public static func png(_ image: YUVImage) throws(VideoError) -> [UInt8] {
    try encode(image, .png)
  }

  /// A JPEG file (JFIF: BT.601, full range, 4:2:0).
  /// - Parameter quality: 1 (least) … 100.
  /// - Throws: `VideoError` where FFmpeg was built without the encoder.
  public static func jpeg(_ image: YUVImage, quality: Int = 85) throws(VideoError) -> [UInt8] {
    try encode(image, .jpeg(quality: quality))
  }

  private enum Kind {
    case png
    case jpeg(quality: Int)

    var name: String {
      switch self {
      case .png: "png"
      case .jpeg: "mjpeg"
      }
    }

    var pixelFormat: AVPixelFormat {
      switch self {
      case .png: AV_PIX_FMT_RGB24
      // The old name of 4:2:0 in full range, which every version's encoder takes.
      case .jpeg: AV_PIX_FMT_YUVJ420P
      }
    }
  }

  private static func encode(_ image: YUVImage, _ kind: Kind) throws(VideoError) -> [UInt8] {
    let context = FFmpegContext(path: "\(image.width) × \(image.height) picture")
    guard let encoder = avcodec_find_encoder_by_name(kind.name) else {
      throw context.error(.noEncoder, "this build of FFmpeg has no encoder called \(kind.name)")
    }
    var codec: UnsafeMutablePointer<AVCodecContext>? = try context.require(avcodec_alloc_context3(encoder), .noEncoder)
    defer { avcodec_free_context(&codec) }
    var frame: UnsafeMutablePointer<AVFrame>? = try context.require(av_frame_alloc(), .encodeFailed)
    defer { av_frame_free(&frame) }
    var packet: UnsafeMutablePointer<AVPacket>? = try context.require(av_packet_alloc(), .encodeFailed)
    defer { av_packet_free(&packet) }
    guard let codec, let frame, let packet else { return [] }
    try open(codec, encoder, image, kind, context)
    try fill(frame, with: image, kind, context)
    frame.pointee.quality = codec.pointee.global_quality
    try context.check(avcodec_send_frame(codec, frame), .encodeFailed, "encode with \(kind.name)")
    try context.check(avcodec_send_frame(codec, nil), .encodeFailed, "encode with \(kind.name)")
    try context.check(avcodec_receive_packet(codec, packet), .encodeFailed, "encode with \(kind.name)")
    return Array(UnsafeBufferPointer(start: packet.pointee.data, count: Int(packet.pointee.size)))
  }

  private static func open(
    _ codec: UnsafeMutablePointer<AVCodecContext>, _ encoder: UnsafePointer<AVCodec>, _ image: YUVImage, _ kind: Kind,
    _ context: FFmpegContext
  ) throws(VideoError) {
    codec.pointee.opaque = context.log.opaque
    codec.pointee.width = Int32(image.width)
    codec.pointee.height = Int32(image.height)
    codec.pointee.pix_fmt = kind.pixelFormat
    codec.pointee.time_base = AVRational(num: 1, den: 25)
    codec.pointee.thread_count = 1
    codec.pointee.color_range = AVCOL_RANGE_JPEG
    if case .jpeg(let quality) = kind {
      // The encoder's own scale is 1 (best) … 31.
      let scale = 31 - 30 * (max(1, min(100, quality)) - 1) / 99
      codec.pointee.flags |= AV_CODEC_FLAG_QSCALE
      codec.pointee.global_quality = Int32(scale) * FF_QP2LAMBDA
    }
    try context.check(avcodec_open2(codec, encoder, nil), .noEncoder, "open the encoder \(kind.name)")
  }

  private static func fill(
    _ frame: UnsafeMutablePointer<AVFrame>, with image: YUVImage, _ kind: Kind, _ context: FFmpegContext
  ) throws(VideoError) {
    frame.pointee.format = kind.pixelFormat.rawValue
    frame.pointee.width = Int32(image.width)
    frame.pointee.height = Int32(image.height)
    frame.pointee.color_range = AVCOL_RANGE_JPEG
    try context.check(av_frame_get_buffer(frame, 0), .encodeFailed, "make a picture")
    var source: UnsafeMutablePointer<AVFrame>? = try context.require(EncoderFrame.wrapping(image), .encodeFailed)
    defer { av_frame_free(&source) }
    let siting = image.colour.siting.offset * 256
    let from = sf_picture(
      width: Int32(image.width), height: Int32(image.height), format: AV_PIX_FMT_YUV420P,
      full_range: image.colour.range == .full ? 1 : 0, matrix: FrameConverter.coefficients(image.colour.matrix), chroma_x: Int32(siting.x),
      chroma_y: Int32(siting.y))
    // JFIF's chroma lies in the middle of its four pixels.
    let to = sf_picture(
      width: from.width, height: from.height, format: kind.pixelFormat == AV_PIX_FMT_RGB24 ? AV_PIX_FMT_RGB24 : AV_PIX_FMT_YUV420P,
      full_range: 1, matrix: SWS_CS_ITU601, chroma_x: 128, chroma_y: 128)
    let scaler = sf_scaler_create(from, to)
    defer { sf_scaler_free(scaler) }
    guard let scaler else { throw context.error(.encodeFailed, "libswscale cannot convert the picture") }
    let planes = [frame.pointee.data.0, frame.pointee.data.1, frame.pointee.data.2, nil]
    let strides = [frame.pointee.linesize.0, frame.pointee.linesize.1, frame.pointee.linesize.2, 0]
    try context.check(sf_scaler_run(scaler, source, planes, strides), .encodeFailed, "convert the picture")
  }
}
