import CFFmpeg
import CFFmpegLibraries
public import Imaging

/// Encodes single images with FFmpeg's own encoders.
public enum StillImageEncoder {
  /// Returns the image as a PNG file, RGB with 8 bits per channel.
  ///
  /// - Throws: `VideoError`: `noEncoder` if FFmpeg was built without the encoder, `encodeFailed`.
  public static func png(_ image: YUVImage) throws(VideoError) -> [UInt8] {
    try encode(image, .png)
  }

  /// Returns the image as a JPEG file (JFIF: BT.601, full range, 4:2:0).
  ///
  /// - Parameter quality: from 1 (worst) to 100.
  /// - Throws: `VideoError`: `noEncoder` if FFmpeg was built without the encoder, `encodeFailed`.
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
      // The older name of 4:2:0 in full range, which the encoder accepts in every version of FFmpeg.
      case .jpeg: AV_PIX_FMT_YUVJ420P
      }
    }
  }

  private static func encode(_ image: YUVImage, _ kind: Kind) throws(VideoError) -> [UInt8] {
    let context = FFmpegContext(path: "image of \(image.width)×\(image.height)")
    guard let encoder = avcodec_find_encoder_by_name(kind.name) else {
      throw context.error(.noEncoder, "this build of FFmpeg has no encoder called \(kind.name)")
    }
    let codec = try context.require(FFmpegCodecContext(encoder, log: context.log), .noEncoder)
    let frame = try context.require(FFmpegFrame(), .encodeFailed)
    let packet = try context.require(FFmpegPacket(), .encodeFailed)
    configure(codec.pointer, image, kind)
    try context.check(avcodec_open2(codec.pointer, encoder, nil), .noEncoder, "open the encoder \(kind.name)")
    try fill(frame, with: image, kind, context)
    frame.pointer.pointee.quality = codec.pointer.pointee.global_quality
    try context.check(avcodec_send_frame(codec.pointer, frame.pointer), .encodeFailed, "encode with \(kind.name)")
    try context.check(avcodec_send_frame(codec.pointer, nil), .encodeFailed, "encode with \(kind.name)")
    try context.check(avcodec_receive_packet(codec.pointer, packet.pointer), .encodeFailed, "encode with \(kind.name)")
    return Array(UnsafeBufferPointer(start: packet.pointer.pointee.data, count: Int(packet.pointer.pointee.size)))
  }

  private static func configure(_ codec: UnsafeMutablePointer<AVCodecContext>, _ image: YUVImage, _ kind: Kind) {
    codec.pointee.width = Int32(image.width)
    codec.pointee.height = Int32(image.height)
    codec.pointee.pix_fmt = kind.pixelFormat
    codec.pointee.time_base = AVRational(num: 1, den: 25)
    codec.pointee.thread_count = 1
    codec.pointee.color_range = AVCOL_RANGE_JPEG
    if case .jpeg(let quality) = kind {
      // The encoder's own scale goes from 1 (best) to 31.
      let scale = 31 - 30 * (max(1, min(100, quality)) - 1) / 99
      codec.pointee.flags |= AV_CODEC_FLAG_QSCALE
      codec.pointee.global_quality = Int32(scale) * FF_QP2LAMBDA
    }
  }

  private static func fill(
    _ frame: borrowing FFmpegFrame, with image: YUVImage, _ kind: Kind, _ context: FFmpegContext
  ) throws(VideoError) {
    let target = frame.pointer
    target.pointee.format = kind.pixelFormat.rawValue
    target.pointee.width = Int32(image.width)
    target.pointee.height = Int32(image.height)
    target.pointee.color_range = AVCOL_RANGE_JPEG
    try context.check(av_frame_get_buffer(target, 0), .encodeFailed, "allocate the frame")
    let source = try context.require(EncoderFrame.wrapping(image), .encodeFailed)
    let siting = image.colour.siting.offset * 256
    let from = sf_image_format(
      width: Int32(image.width), height: Int32(image.height), format: AV_PIX_FMT_YUV420P,
      full_range: image.colour.range == .full ? 1 : 0, matrix: FrameConverter.coefficients(image.colour.matrix), chroma_x: Int32(siting.x),
      chroma_y: Int32(siting.y))
    // In JFIF, a chroma sample lies in the middle of its four pixels.
    let to = sf_image_format(
      width: from.width, height: from.height, format: kind.pixelFormat == AV_PIX_FMT_RGB24 ? AV_PIX_FMT_RGB24 : AV_PIX_FMT_YUV420P,
      full_range: 1, matrix: SWS_CS_ITU601, chroma_x: 128, chroma_y: 128)
    guard let scaler = FFmpegScaler(from: from, to: to) else {
      throw context.error(.encodeFailed, "libswscale cannot convert the image")
    }
    let planes = [target.pointee.data.0, target.pointee.data.1, target.pointee.data.2, nil]
    let strides = [target.pointee.linesize.0, target.pointee.linesize.1, target.pointee.linesize.2, 0]
    try context.check(scaler.run(source, to: planes, strides: strides), .encodeFailed, "convert the image")
  }
}
