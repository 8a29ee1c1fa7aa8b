/// Cuts a crop for a network out of an image: planar (CHW) floats, RGB or BGR.
///
/// Luma and chroma are each interpolated bilinearly from four samples; the siting gives the positions of the chroma samples. The result is
/// converted with the image's own matrix and range, clipped to 0…255, and normalised. If the image has finer colours (`YUVImage.finer`),
/// they are read instead.
///
/// Pixels are not averaged when the crop is smaller than the part of the image that it shows. MediaPipe does not average them either, and
/// its networks expect that.
///
/// - Parameters:
///   - map: maps a column and row of the crop to a position in luma pixels.
///   - width: the number of columns of the crop.
///   - height: the number of rows of the crop.
///   - border: the values outside the image.
///   - out: memory for at least 3 · width · height floats, which receives the crop's planes one after the other.
public func sampleCrop(
  from image: YUVImage, map: AffineMap, width: Int, height: Int, border: CropBorder, normalisation: PixelNormalisation,
  into out: UnsafeMutableBufferPointer<Float>
) {
  precondition(width > 0 && height > 0 && out.count >= 3 * width * height, "the crop fits its memory")
  guard let planes = out.baseAddress else { return }
  let sampler = CropSampler(image: image, border: border, normalisation: normalisation)
  let size = width * height
  // If the map is not modest, its positions would overflow the fixed-point numbers, so each pixel is computed separately. The crop then
  // shows hardly anything but border, so speed does not matter.
  let isFilled = map.isModest && CropSampler.fills(image)
  for row in 0..<height {
    let line = planes + row * width
    let ramps = isFilled ? CropRamps(image: image, map: map, row: row) : nil
    let interior = ramps?.interior(width: width) ?? 0..<0
    for column in 0..<interior.lowerBound { sampler.write(map, column, row, line, size) }
    if let ramps { sampler.fill(interior, ramps, line, size) }
    for column in interior.upperBound..<width { sampler.write(map, column, row, line, size) }
  }
}

/// An image, with everything that is needed to compute normalised channels at a position.
struct CropSampler {
  let image: YUVImage
  let border: CropBorder
  let normalisation: PixelNormalisation
  let toRGB: YUVToRGB

  init(image: YUVImage, border: CropBorder, normalisation: PixelNormalisation) {
    self.image = image
    self.border = border
    self.normalisation = normalisation
    toRGB = YUVToRGB(YUVMatrix(image.colour))
  }

  /// Writes one pixel of the crop, which may lie outside the image.
  func write(_ map: AffineMap, _ column: Int, _ row: Int, _ line: UnsafeMutablePointer<Float>, _ size: Int) {
    let value = pixel(at: map.apply(SIMD2(Double(column), Double(row))))
    line[column] = value.x
    line[column + size] = value.y
    line[column + 2 * size] = value.z
  }

  /// Returns the normalised channels at a position, which may lie outside the image.
  func pixel(at position: SIMD2<Double>) -> SIMD3<Float> {
    var rgb: SIMD3<Float>
    switch border {
    case .replicate:
      rgb = colour(at: position)
    case .constant(let value):
      // The weighted mean of the samples inside the image equals the value with a replicated border. The samples outside have the constant
      // value.
      let inside = coverage(position.x, image.width) * coverage(position.y, image.height)
      rgb = SIMD3(repeating: value)
      if inside > 0 { rgb += (colour(at: position) - rgb) * inside }
    }
    if normalisation.order == .bgr { rgb = SIMD3(rgb.z, rgb.y, rgb.x) }
    return rgb * normalisation.scale + normalisation.bias
  }

  private func colour(at position: SIMD2<Double>) -> SIMD3<Float> {
    if let finer = image.finer {
      return SIMD3(
        Float(finer.red.bilinear(position)), Float(finer.green.bilinear(position)), Float(finer.blue.bilinear(position)))
    }
    let chroma = (position - image.colour.siting.offset) / 2
    return toRGB.convert(
      y: Float(image.y.bilinear(position)), u: Float(image.u.bilinear(chroma)), v: Float(image.v.bilinear(chroma)))
  }

  /// Interpolation reads two samples along an axis. Returns the total weight of those that lie in 0..<size.
  private func coverage(_ coordinate: Double, _ size: Int) -> Float {
    Float(max(0, min(1, coordinate + 1, Double(size) - coordinate)))
  }
}
