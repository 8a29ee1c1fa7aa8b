#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension YUVImage {
  /// Returns a canvas that is a copy of this image.
  public func copyCanvas(pool: PixelMemoryPool? = nil) -> YUVCanvas {
    let canvas = YUVCanvas(width: width, height: height, colour: colour, pool: pool)
    canvas.y.copy(y)
    canvas.u.copy(u)
    canvas.v.copy(v)
    return canvas
  }
}

extension MutablePlane {
  /// Copies the samples of a plane of the same size.
  func copy(_ source: Plane) {
    precondition(source.width == width && source.height == height, "both planes have the same size")
    if source.stride == stride {
      memcpy(base, source.base, stride * (height - 1) + width)
    } else {
      for row in 0..<height { memcpy(base + row * stride, source.base + row * source.stride, width) }
    }
  }
}
