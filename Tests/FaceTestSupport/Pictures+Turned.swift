public import Imaging

extension Pictures {
  /// Returns the position that a point of an image has in the same image turned by `turned(orientation)`.
  public static func turned(_ p: SIMD2<Double>, _ orientation: ImageOrientation, of image: YUVImage) -> SIMD2<Double> {
    let (right, bottom) = (Double(image.width - 1), Double(image.height - 1))
    return switch orientation {
    case .up: p
    case .upMirrored: SIMD2(right - p.x, p.y)
    case .down: SIMD2(right - p.x, bottom - p.y)
    case .downMirrored: SIMD2(p.x, bottom - p.y)
    case .leftMirrored: SIMD2(p.y, p.x)
    case .right: SIMD2(bottom - p.y, p.x)
    case .rightMirrored: SIMD2(bottom - p.y, right - p.x)
    case .left: SIMD2(p.y, right - p.x)
    }
  }

  /// Returns the image reduced by a whole factor: each sample is the mean of factor × factor samples.
  public static func reduced(_ image: YUVImage, by factor: Int) -> YUVImage {
    let canvas = YUVCanvas(width: image.width / factor & ~1, height: image.height / factor & ~1, colour: image.colour)
    for (source, target) in [(image.y, canvas.y), (image.u, canvas.u), (image.v, canvas.v)] {
      for y in 0..<target.height {
        for x in 0..<target.width {
          var sum = 0
          for dy in 0..<factor { for dx in 0..<factor { sum += Int(source[x * factor + dx, y * factor + dy]) } }
          target[x, y] = UInt8(sum / (factor * factor))
        }
      }
    }
    return canvas.finish()
  }
}
