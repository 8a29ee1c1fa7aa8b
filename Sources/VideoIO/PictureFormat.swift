import CFFmpeg
import CFFmpegLibraries
import Imaging

/// What a decoded frame's numbers mean, and what they are to become.
struct PictureFormat: Hashable {
  var width: Int32
  var height: Int32
  var pixelFormat: AVPixelFormat
  /// How the frame's own samples are to be read; the matrix is the one to convert with where the frame is RGB.
  var colour: YUVColour
  /// The tags of the picture after conversion to `colour`, unturned.
  var tags: ColourTags
  /// Whether the frame is RGB, and becomes limited range.
  var isRGB: Bool
  /// Whether the frame holds more colour than 4:2:0 can.
  var hasFinerColours: Bool

  /// 8-bit 4:2:0 in three planes.
  var isPlanar420: Bool { pixelFormat == AV_PIX_FMT_YUV420P || pixelFormat == AV_PIX_FMT_YUVJ420P }

  static func name(_ format: AVPixelFormat) -> String { av_get_pix_fmt_name(format).map { String(cString: $0) } ?? "unknown" }

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
      // Chroma is made anew, at H.264's default place.
      colour.siting = .left
      tags.chromaLocation = Int(AVCHROMA_LOC_LEFT.rawValue)
    }
    // yuvj formats state the range by their name only.
    if colour.range == .full { tags.range = Int(AVCOL_RANGE_JPEG.rawValue) }
  }

  /// Whether two frames can go through the same converter.
  func agrees(with other: PictureFormat) -> Bool {
    width == other.width && height == other.height && pixelFormat == other.pixelFormat && colour == other.colour
  }

  /// Nil when unspecified; players then guess by size, and so does `init`.
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
    // Video codecs' standards say limited; pictures and lossless codecs store grey as it is.
    let video = [AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_VP9, AV_CODEC_ID_AV1, AV_CODEC_ID_VVC]
    return video.contains(codec) ? .limited : .full
  }

  private static func siting(_ location: AVChromaLocation) -> YUVColour.ChromaSiting {
    YUVColour.ChromaSiting.allCases.first { ColourTags.location($0) == Int(location.rawValue) } ?? .left
  }
}

extension ColourTags {
  /// The tags that say what `colour` says.
  init(_ colour: YUVColour) {
    self.init()
    matrix = Self.matrix(colour.matrix, height: 0)
    range = Int((colour.range == .full ? AVCOL_RANGE_JPEG : AVCOL_RANGE_MPEG).rawValue)
    chromaLocation = Self.location(colour.siting)
  }

  static func matrix(_ matrix: YUVColour.Matrix, height: Int) -> Int {
    switch matrix {
    case .bt709: Int(AVCOL_SPC_BT709.rawValue)
    case .bt601: Int((height == 576 || height == 288 ? AVCOL_SPC_BT470BG : AVCOL_SPC_SMPTE170M).rawValue)
    case .bt2020: Int(AVCOL_SPC_BT2020_NCL.rawValue)
    }
  }

  static func location(_ siting: YUVColour.ChromaSiting) -> Int {
    let location =
      switch siting {
      case .left: AVCHROMA_LOC_LEFT
      case .center: AVCHROMA_LOC_CENTER
      case .topLeft: AVCHROMA_LOC_TOPLEFT
      case .top: AVCHROMA_LOC_TOP
      case .bottomLeft: AVCHROMA_LOC_BOTTOMLEFT
      case .bottom: AVCHROMA_LOC_BOTTOM
      }
    return Int(location.rawValue)
  }
}
