import CFFmpeg
import CFFmpegLibraries
import Imaging

/// The format of a decoded frame, and the colour description of the image that it is converted to.
struct FrameFormat: Hashable {
  var width: Int32
  var height: Int32
  var pixelFormat: AVPixelFormat
  /// The colour of the frame's samples; for an RGB frame, the colour of the YUV image that it is converted to.
  var colour: YUVColour
  /// The tags of the image after conversion, before it is turned upright.
  var tags: ColourTags
  /// Whether the frame is RGB. It is then converted to YUV in limited range.
  var isRGB: Bool
  /// Whether the frame has more chroma samples than 4:2:0.
  var hasFinerColours: Bool

  /// Whether the frame is 8-bit 4:2:0 in three planes.
  var isPlanar420: Bool { pixelFormat == AV_PIX_FMT_YUV420P || pixelFormat == AV_PIX_FMT_YUVJ420P }

  static func name(_ format: AVPixelFormat) -> String { av_get_pix_fmt_name(format).map { String(cString: $0) } ?? "unknown" }

  /// Reads the format of a decoded frame. Nil if FFmpeg does not know its pixel format.
  init?(_ frame: AVFrame, codec: AVCodecID) {
    pixelFormat = AVPixelFormat(frame.format)
    guard let descriptor = av_pix_fmt_desc_get(pixelFormat) else { return nil }
    width = frame.width
    height = frame.height
    let flags = descriptor.pointee.flags
    isRGB = flags & UInt64(AV_PIX_FMT_FLAG_RGB | AV_PIX_FMT_FLAG_PAL) != 0
    let isGrey = !isRGB && descriptor.pointee.nb_components < 3
    tags = ColourTags(frame)
    colour = YUVColour(
      matrix: Self.matrix(frame.colorspace) ?? (height >= 720 ? .bt709 : .bt601),
      range: Self.range(frame, pixelFormat, isGrey: isGrey, codec: codec), siting: Self.siting(frame.chroma_location))
    if isRGB {
      colour.range = .limited
      tags.range = Int(AVCOL_RANGE_MPEG.rawValue)
      tags.matrix = ColourTags.matrix(colour.matrix, height: Int(height))
    }
    let halvesBoth = descriptor.pointee.log2_chroma_w == 1 && descriptor.pointee.log2_chroma_h == 1
    hasFinerColours = isRGB || !isGrey && descriptor.pointee.log2_chroma_w + descriptor.pointee.log2_chroma_h < 2
    if isRGB || isGrey || !halvesBoth {
      // The conversion computes new chroma samples, at H.264's default siting.
      colour.siting = .left
      tags.chromaLocation = Int(AVCHROMA_LOC_LEFT.rawValue)
    }
    // yuvj formats state the range only by their name.
    if colour.range == .full { tags.range = Int(AVCOL_RANGE_JPEG.rawValue) }
  }

  /// Whether the same scaler can convert frames of both formats.
  func agrees(with other: FrameFormat) -> Bool {
    width == other.width && height == other.height && pixelFormat == other.pixelFormat && colour == other.colour
  }

  /// Returns the matrix that a tag states, or nil if it is unspecified. Players then guess the matrix from the size, as `init` does.
  private static func matrix(_ space: AVColorSpace) -> YUVColour.Matrix? {
    switch space {
    case AVCOL_SPC_BT709, AVCOL_SPC_SMPTE240M: .bt709
    case AVCOL_SPC_BT470BG, AVCOL_SPC_SMPTE170M, AVCOL_SPC_FCC: .bt601
    case AVCOL_SPC_BT2020_NCL, AVCOL_SPC_BT2020_CL: .bt2020
    default: nil
    }
  }

  private static func range(_ frame: AVFrame, _ format: AVPixelFormat, isGrey: Bool, codec: AVCodecID) -> YUVColour.Range {
    let full = [AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUVJ422P, AV_PIX_FMT_YUVJ444P, AV_PIX_FMT_YUVJ440P, AV_PIX_FMT_YUVJ411P]
    if full.contains(format) || frame.color_range == AVCOL_RANGE_JPEG { return .full }
    if frame.color_range == AVCOL_RANGE_MPEG || !isGrey { return .limited }
    // The standards of these video codecs say that untagged video has limited range. Still images and lossless codecs store grey unchanged.
    let video = [AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_VP9, AV_CODEC_ID_AV1, AV_CODEC_ID_VVC]
    return video.contains(codec) ? .limited : .full
  }

  private static func siting(_ location: AVChromaLocation) -> YUVColour.ChromaSiting {
    YUVColour.ChromaSiting.allCases.first { ColourTags.location($0) == Int(location.rawValue) } ?? .left
  }
}
