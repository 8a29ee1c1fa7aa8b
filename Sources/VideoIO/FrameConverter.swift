import CFFmpeg
import CFFmpegLibraries
import Imaging

/// Converts decoded frames to 8-bit 4:2:0 images. Frames that have this format already are used without a copy; libswscale converts the
/// others.
///
/// The first frame decides size, range and chroma siting; later frames that differ are converted to those of the first.
final class FrameConverter {
  /// The format of the first frame. Its `colour` and `tags` apply to all images.
  let target: FrameFormat
  private let codec: AVCodecID
  private let pool: PixelMemoryPool?
  private let context: FFmpegContext
  private var scaler: FFmpegScaler?
  /// The frame format that `scaler` converts.
  private var scaled: FrameFormat?
  /// Whether an image also contains RGB planes if its frame has more chroma samples than 4:2:0. Still images do, because halved chroma
  /// moves their landmarks by half a pixel.
  private let keepsFinerColours: Bool
  /// The number of frames that were scaled to the first frame's size.
  private(set) var resizedFrames = 0

  init(first: DecodedFrame, codec: AVCodecID, isStill: Bool, pool: PixelMemoryPool?, context: FFmpegContext) throws(VideoError) {
    keepsFinerColours = isStill
    self.codec = codec
    self.pool = pool
    self.context = context
    target = try Self.format(of: first, codec, context)
  }

  private static func format(of frame: DecodedFrame, _ codec: AVCodecID, _ context: FFmpegContext) throws(VideoError) -> FrameFormat {
    guard let format = FrameFormat(frame.frame.pointer.pointee, codec: codec), format.width > 0, format.height > 0 else {
      throw context.error(.unsupported, "the decoder returned a frame in an unknown format")
    }
    return format
  }

  /// Makes the image of a frame, not yet turned upright.
  ///
  /// - Throws: `VideoError` with the code `unsupported`.
  func image(of decoded: DecodedFrame) throws(VideoError) -> YUVImage {
    let format = try Self.format(of: decoded, codec, context)
    let frame = decoded.frame.pointer.pointee
    let sameSize = format.width == target.width && format.height == target.height
    if !sameSize { resizedFrames += 1 }
    if format.isPlanar420, sameSize, format.colour.range == target.colour.range, let image = wrap(decoded, frame) { return image }
    return try convert(decoded, format)
  }

  /// Makes an image that uses the frame's own planes, without a copy. Nil if the rows of a plane are stored bottom up.
  private func wrap(_ decoded: DecodedFrame, _ frame: AVFrame) -> YUVImage? {
    guard let y = frame.data.0, let u = frame.data.1, let v = frame.data.2, frame.linesize.0 > 0, frame.linesize.1 > 0,
      frame.linesize.2 > 0
    else { return nil }
    let width = Int(frame.width)
    let height = Int(frame.height)
    func plane(_ base: UnsafeMutablePointer<UInt8>, _ stride: Int32, _ width: Int, _ height: Int) -> Plane {
      Plane(base: UnsafePointer(base), stride: Int(stride), width: width, height: height)
    }
    return YUVImage(
      colour: target.colour, y: plane(y, frame.linesize.0, width, height),
      u: plane(u, frame.linesize.1, (width + 1) / 2, (height + 1) / 2),
      v: plane(v, frame.linesize.2, (width + 1) / 2, (height + 1) / 2), owner: decoded)
  }

  private func convert(_ decoded: DecodedFrame, _ format: FrameFormat) throws(VideoError) -> YUVImage {
    try prepareScaler(for: format)
    let canvas = YUVCanvas(width: Int(target.width), height: Int(target.height), colour: target.colour, pool: pool)
    let planes: [UnsafeMutablePointer<UInt8>?] = [canvas.y.base, canvas.u.base, canvas.v.base, nil]
    let strides = [Int32(canvas.y.stride), Int32(canvas.u.stride), Int32(canvas.v.stride), 0]
    let status = scaler?.run(decoded.frame, to: planes, strides: strides) ?? sf_error_invalid_data
    try context.check(status, .unsupported, "convert \(FrameFormat.name(format.pixelFormat))")
    return canvas.finish(finer: keepsFinerColours && format.hasFinerColours ? try finerColours(of: decoded, format) : nil)
  }

  /// Converts the frame to 8-bit RGB.
  private func finerColours(of decoded: DecodedFrame, _ format: FrameFormat) throws(VideoError) -> RGBPlanes {
    var source = Self.imageFormat(format)
    if format.isRGB { source.full_range = 1 }
    source.matrix = Self.coefficients(format.colour.matrix)
    var result = Self.imageFormat(target)
    result.format = AV_PIX_FMT_GBRP
    result.full_range = 1
    result.matrix = source.matrix
    guard let scaler = FFmpegScaler(from: source, to: result) else {
      throw context.error(.unsupported, "libswscale cannot convert the pixel format \(FrameFormat.name(format.pixelFormat)) to RGB")
    }
    return try RGBPlanes(width: Int(target.width), height: Int(target.height)) { (red, green, blue) throws(VideoError) in
      let status = scaler.run(
        decoded.frame, to: [green.base, blue.base, red.base, nil],
        strides: [Int32(green.stride), Int32(blue.stride), Int32(red.stride), 0])
      try context.check(status, .unsupported, "convert \(FrameFormat.name(format.pixelFormat)) to RGB")
    }
  }

  private func prepareScaler(for format: FrameFormat) throws(VideoError) {
    if scaler != nil, let scaled, scaled.agrees(with: format) { return }
    var source = Self.imageFormat(format)
    // RGB always has full range, and is converted to YUV with the target's matrix.
    if format.isRGB { source.full_range = 1 }
    source.matrix = Self.coefficients(format.colour.matrix)
    var result = Self.imageFormat(target)
    result.format = AV_PIX_FMT_YUV420P
    // YUV keeps its own matrix: converting it would cost precision, and players read the matrix from the tags.
    result.matrix = format.isRGB ? Self.coefficients(target.colour.matrix) : source.matrix
    scaler = FFmpegScaler(from: source, to: result)
    guard scaler != nil else {
      throw context.error(.unsupported, "libswscale cannot convert the pixel format \(FrameFormat.name(format.pixelFormat))")
    }
    scaled = format
  }

  private static func imageFormat(_ format: FrameFormat) -> sf_image_format {
    let offset = format.colour.siting.offset * 256
    return sf_image_format(
      width: format.width, height: format.height, format: format.pixelFormat, full_range: format.colour.range == .full ? 1 : 0,
      matrix: 0, chroma_x: Int32(offset.x), chroma_y: Int32(offset.y))
  }

  /// Returns libswscale's number for a matrix.
  static func coefficients(_ matrix: YUVColour.Matrix) -> Int32 {
    switch matrix {
    case .bt709: SWS_CS_ITU709
    case .bt601: SWS_CS_ITU601
    case .bt2020: SWS_CS_BT2020
    }
  }
}
