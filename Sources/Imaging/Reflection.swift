/// A whole face out of one half: the kept side as it is, the other one as its mirror image across the line.
///
/// Luma and chroma are reflected each in its own samples, at sub-pixel positions, bilinearly. What would come from outside
/// the picture is the nearest pixel of its border. On the line a pixel is its own mirror image, so both halves meet
/// without a seam and need no blending.
///
/// - Parameters:
///   - side: the side whose pixels (and those on the line itself) are copied unchanged.
///   - pool: where the new picture's memory comes from.
public func reflect(
  _ image: YUVImage, across axis: ReflectionAxis, keeping side: KeptSide, pool: PixelMemoryPool? = nil
) -> YUVImage {
  let canvas = YUVCanvas(width: image.width, height: image.height, colour: image.colour, pool: pool)
  let chromaAxis = ReflectionAxis(point: (axis.point - image.colour.siting.offset) / 2, direction: axis.direction)
  reflectPlane(image.y, across: axis, keeping: side, into: canvas.y)
  reflectPlane(image.u, across: chromaAxis, keeping: side, into: canvas.u)
  reflectPlane(image.v, across: chromaAxis, keeping: side, into: canvas.v)
  return canvas.finish()
}

private func reflectPlane(_ source: Plane, across axis: ReflectionAxis, keeping side: KeptSide, into target: MutablePlane) {
  for y in 0..<source.height {
    for x in 0..<source.width {
      let position = SIMD2(Double(x), Double(y))
      let distance = axis.signedDistance(position)
      if side == .positive ? distance >= 0 : distance <= 0 {
        target[x, y] = source[x, y]
      } else {
        target[x, y] = UInt8(source.bilinear(axis.reflect(position)).rounded())
      }
    }
  }
}
