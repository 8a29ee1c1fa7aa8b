import CFFmpegLibraries
import Imaging

/// Makes FFmpeg frames of pictures, for an encoder.
enum EncoderFrame {
  /// The picture's own memory, kept alive by the frame. Only for pictures with even sides.
  static func wrapping(_ image: YUVImage) -> UnsafeMutablePointer<AVFrame>? {
    guard let frame = av_frame_alloc() else { return nil }
    let owner = Unmanaged.passRetained(image)
    let base = UnsafeMutablePointer(mutating: image.y.base)
    // One reference is enough for FFmpeg to keep the frame rather than copy it; it is read-only, so nobody writes.
    let buffer = av_buffer_create(
      base, image.y.stride * image.height,
      { opaque, _ in
        if let opaque { Unmanaged<YUVImage>.fromOpaque(opaque).release() }
      }, owner.toOpaque(), AV_BUFFER_FLAG_READONLY)
    var pointer: UnsafeMutablePointer<AVFrame>? = frame
    guard let buffer else {
      owner.release()
      av_frame_free(&pointer)
      return nil
    }
    frame.pointee.buf.0 = buffer
    frame.pointee.format = AV_PIX_FMT_YUV420P.rawValue
    frame.pointee.width = Int32(image.width)
    frame.pointee.height = Int32(image.height)
    frame.pointee.data = (
      base, UnsafeMutablePointer(mutating: image.u.base), UnsafeMutablePointer(mutating: image.v.base), nil, nil, nil, nil, nil
    )
    frame.pointee.linesize = (Int32(image.y.stride), Int32(image.u.stride), Int32(image.v.stride), 0, 0, 0, 0, 0)
    return frame
  }

  /// A copy as nv12 of an even size, the last column and row repeated.
  static func semiPlanar(_ image: YUVImage, width: Int, height: Int) -> UnsafeMutablePointer<AVFrame>? {
    guard let frame = av_frame_alloc() else { return nil }
    frame.pointee.format = AV_PIX_FMT_NV12.rawValue
    frame.pointee.width = Int32(width)
    frame.pointee.height = Int32(height)
    var pointer: UnsafeMutablePointer<AVFrame>? = frame
    guard av_frame_get_buffer(frame, 0) >= 0, let luma = frame.pointee.data.0, let chroma = frame.pointee.data.1 else {
      av_frame_free(&pointer)
      return nil
    }
    copy(image.y, to: luma, stride: Int(frame.pointee.linesize.0), width: width, height: height)
    for row in 0..<height / 2 {
      let target = chroma + row * Int(frame.pointee.linesize.1)
      let u = image.u.base + row * image.u.stride
      let v = image.v.base + row * image.v.stride
      for column in 0..<width / 2 {
        target[2 * column] = u[column]
        target[2 * column + 1] = v[column]
      }
    }
    return frame
  }

  /// The picture with its last column and row repeated to an even size. Chroma planes have that size already.
  static func padded(_ image: YUVImage, width: Int, height: Int) -> YUVImage {
    let canvas = YUVCanvas(width: width, height: height, colour: image.colour)
    copy(image.y, to: canvas.y.base, stride: canvas.y.stride, width: width, height: height)
    copy(image.u, to: canvas.u.base, stride: canvas.u.stride, width: width / 2, height: height / 2)
    copy(image.v, to: canvas.v.base, stride: canvas.v.stride, width: width / 2, height: height / 2)
    return canvas.finish()
  }

  private static func copy(_ plane: Plane, to target: UnsafeMutablePointer<UInt8>, stride: Int, width: Int, height: Int) {
    for row in 0..<height {
      let from = plane.base + min(row, plane.height - 1) * plane.stride
      let to = target + row * stride
      to.update(from: from, count: min(width, plane.width))
      for column in plane.width..<max(width, plane.width) { to[column] = from[plane.width - 1] }
    }
  }
}
