import CFFmpegLibraries
import Imaging

/// Converts images to FFmpeg frames for an encoder.
enum EncoderFrame {
  /// Makes a frame that uses the image's memory, without a copy, and keeps the image alive. An encoder accepts the frame only if its width
  /// and height are even. Nil when memory is short.
  static func wrapping(_ image: YUVImage) -> FFmpegFrame? {
    guard let result = FFmpegFrame() else { return nil }
    let frame = result.pointer
    let owner = Unmanaged.passRetained(image)
    let base = UnsafeMutablePointer(mutating: image.y.base)
    // FFmpeg would copy a frame without a reference-counted buffer. The flag keeps it from writing to the image.
    let buffer = av_buffer_create(
      base, image.y.stride * image.height,
      { opaque, _ in
        if let opaque { Unmanaged<YUVImage>.fromOpaque(opaque).release() }
      }, owner.toOpaque(), AV_BUFFER_FLAG_READONLY)
    guard let buffer else {
      owner.release()
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
    return result
  }

  /// Copies an image to an nv12 frame of an even size, and repeats its last column and row if the image is smaller. Nil when memory is
  /// short.
  static func semiPlanar(_ image: YUVImage, width: Int, height: Int) -> FFmpegFrame? {
    guard let result = FFmpegFrame() else { return nil }
    let frame = result.pointer
    frame.pointee.format = AV_PIX_FMT_NV12.rawValue
    frame.pointee.width = Int32(width)
    frame.pointee.height = Int32(height)
    guard av_frame_get_buffer(frame, 0) >= 0, let luma = frame.pointee.data.0, let chroma = frame.pointee.data.1 else { return nil }
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
    return result
  }

  /// Copies an image to an even size by repeating its last column and row. The chroma planes already have the right size.
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
