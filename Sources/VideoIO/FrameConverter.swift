import CFFmpeg
import CFFmpegLibraries
import Imaging

/// Turns decoded frames into pictures: as they are where they are 8-bit 4:2:0, by libswscale otherwise.
///
/// The first frame decides size, range and siting; later frames that differ are brought to it.
final class FrameConverter {
  /// What the pictures are like.
  let target: PictureFormat
  private let codec: AVCodecID
  private let pool: PixelMemoryPool?
  private let context: FFmpegContext
  private var scaler: OpaquePointer?
  private var scaled: PictureFormat?
  /// Whether colours that 4:2:0 cannot hold are kept beside it: halved chroma moves the landmarks of a still by half a pixel.
  private let keepsFinerColours: Bool
  /// Frames that had to be brought to another size.
  private(set) var resizedFrames = 0

  init(first: DecodedFrame, codec: AVCodecID, isStill: Bool, pool: PixelMemoryPool?, context: FFmpegContext) throws(VideoError) {
    keepsFinerColours = isStill
    self.codec = codec
    self.pool = pool
    self.context = context
    target = try Self.format(of: first, codec, context)
  }

  deinit { sf_scaler_free(scaler) }

  private static func format(of frame: DecodedFrame, _ codec: AVCodecID, _ context: FFmpegContext) throws(VideoError) -> PictureFormat {
    guard let format = PictureFormat(frame.frame.pointee, codec: codec), format.width > 0, format.height > 0 else {
      throw context.error(.unsupported, "the decoder gave a picture of a format that is not known")
    }
    return format
  }

  func image(of decoded: DecodedFrame) throws(VideoError) -> YUVImage {
    let format = try Self.format(of: decoded, codec, context)
    let frame = decoded.frame.pointee
    let sameSize = format.width == target.width && format.height == target.height
    if !sameSize { resizedFrames += 1 }
    if format.isPlanar420, sameSize, format.colour.range == target.colour.range, let image = wrap(decoded, frame) { return image }
    return try convert(decoded, format)
  }

  /// The frame's own planes, without a copy; nil where a plane lies bottom up.
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

  private func convert(_ decoded: DecodedFrame, _ format: PictureFormat) throws(VideoError) -> YUVImage {
    try prepareScaler(for: format)
    let canvas = YUVCanvas(width: Int(target.width), height: Int(target.height), colour: target.colour, pool: pool)
    let planes: [UnsafeMutablePointer<UInt8>?] = [canvas.y.base, canvas.u.base, canvas.v.base, nil]
    let strides = [Int32(canvas.y.stride), Int32(canvas.u.stride), Int32(canvas.v.stride), 0]
    try context.check(
      sf_scaler_run(scaler, decoded.frame, planes, strides), .unsupported, "convert \(PictureFormat.name(format.pixelFormat))")
    return canvas.finish(finer: keepsFinerColours && format.hasFinerColours ? try finerColours(of: decoded, format) : nil)
  }

  /// The frame as 8-bit RGB.
  private func finerColours(of decoded: DecodedFrame, _ format: PictureFormat) throws(VideoError) -> RGBPlanes {
    var source = Self.picture(format)
    if format.isRGB { source.full_range = 1 }
    source.matrix = Self.coefficients(format.colour.matrix)
    var result = Self.picture(target)
    result.format = AV_PIX_FMT_GBRP
    result.full_range = 1
    result.matrix = source.matrix
    let scaler = sf_scaler_create(source, result)
    defer { sf_scaler_free(scaler) }
    guard scaler != nil else {
      throw context.error(.unsupported, "libswscale cannot convert the pixel format \(PictureFormat.name(format.pixelFormat)) to RGB")
    }
    return try RGBPlanes(width: Int(target.width), height: Int(target.height)) { (red, green, blue) throws(VideoError) in
      try context.check(
        sf_scaler_run(
          scaler, decoded.frame, [green.base, blue.base, red.base, nil],
          [Int32(green.stride), Int32(blue.stride), Int32(red.stride), 0]), .unsupported,
        "convert \(PictureFormat.name(format.pixelFormat)) to RGB")
    }
  }

  private func prepareScaler(for format: PictureFormat) throws(VideoError) {
    if scaler != nil, let scaled, scaled.agrees(with: format) { return }
    sf_scaler_free(scaler)
    var source = Self.picture(format)
    // RGB is full by nature, and is taken to YUV with the target's matrix.
    if format.isRGB { source.full_range = 1 }
    source.matrix = Self.coefficients(format.colour.matrix)
    var result = Self.picture(target)
    result.format = AV_PIX_FMT_YUV420P
    // YUV stays in its own matrix: going through another would cost precision, and players look at the tags.
    result.matrix = format.isRGB ? Self.coefficients(target.colour.matrix) : source.matrix
    scaler = sf_scaler_create(source, result)
    guard scaler != nil else {
      throw context.error(.unsupported, "libswscale cannot convert the pixel format \(PictureFormat.name(format.pixelFormat))")
    }
    scaled = format
  }

  private static func picture(_ format: PictureFormat) -> sf_picture {
    let offset = format.colour.siting.offset * 256
    return sf_picture(
      width: format.width, height: format.height, format: format.pixelFormat, full_range: format.colour.range == .full ? 1 : 0,
      matrix: 0, chroma_x: Int32(offset.x), chroma_y: Int32(offset.y))
  }

  static func coefficients(_ matrix: YUVColour.Matrix) -> Int32 {
    switch matrix {
    case .bt709: SWS_CS_ITU709
    case .bt601: SWS_CS_ITU601
    case .bt2020: SWS_CS_BT2020
    }
  }
}
