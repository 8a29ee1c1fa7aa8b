/// Cuts a crop out of a picture for a network: planar (CHW) floats, RGB or BGR.
///
/// Luma and chroma are each interpolated bilinearly from four samples at the exact position (chroma where its siting puts
/// it), converted with the picture's own matrix and range, clipped to 0…255, then normalised. A picture that kept its finer
/// colours is read from those. There is no averaging when
/// the crop shrinks the picture: MediaPipe samples so, and its networks expect it.
///
/// - Parameters:
///   - map: from column and row of the crop to luma pixel coordinates.
///   - width: columns of the crop.
///   - height: rows of the crop.
///   - border: what lies outside the picture.
///   - out: at least 3 · width · height floats; the first plane of the crop is written first.
public func sampleCrop(
  from image: YUVImage, map: AffineMap, width: Int, height: Int, border: CropBorder, normalisation: PixelNormalisation,
  into out: UnsafeMutableBufferPointer<Float>
) {
  precondition(width > 0 && height > 0 && out.count >= 3 * width * height, "the crop fits its memory")
  guard let planes = out.baseAddress else { return }
  let sampler = CropSampler(image: image, border: border, normalisation: normalisation)
  let size = width * height
  // Beyond these steps the fixed-point positions would overflow, and nothing but border is to be seen anyway.
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

/// A picture with everything that turns a position into normalised channels.
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

  /// Writes one pixel of the crop, wherever it lies.
  func write(_ map: AffineMap, _ column: Int, _ row: Int, _ line: UnsafeMutablePointer<Float>, _ size: Int) {
    let value = pixel(at: map.apply(SIMD2(Double(column), Double(row))))
    line[column] = value.x
    line[column + size] = value.y
    line[column + 2 * size] = value.z
  }

  /// One pixel anywhere, also outside the picture.
  func pixel(at position: SIMD2<Double>) -> SIMD3<Float> {
    var rgb: SIMD3<Float>
    switch border {
    case .replicate:
      rgb = colour(at: position)
    case .constant(let value):
      // The taps inside the picture, weighed among themselves, give the replicated value; those outside give the constant.
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

  /// The summed weight of the two taps around a coordinate that lie in 0..<size.
  private func coverage(_ coordinate: Double, _ size: Int) -> Float {
    Float(max(0, min(1, coordinate + 1, Double(size) - coordinate)))
  }
}

/// `YUVMatrix` as the floats that a kernel multiplies by.
struct YUVToRGB {
  let lumaScale, redFromV, greenFromU, greenFromV, blueFromU: Float
  /// What is added after the products, so that offsets cost nothing per pixel.
  let redBias, greenBias, blueBias: Float

  init(_ matrix: YUVMatrix) {
    lumaScale = Float(matrix.lumaScale)
    redFromV = Float(matrix.redFromV)
    greenFromU = Float(matrix.greenFromU)
    greenFromV = Float(matrix.greenFromV)
    blueFromU = Float(matrix.blueFromU)
    let black = -matrix.lumaOffset * matrix.lumaScale
    redBias = Float(black - 128 * matrix.redFromV)
    greenBias = Float(black - 128 * (matrix.greenFromU + matrix.greenFromV))
    blueBias = Float(black - 128 * matrix.blueFromU)
  }

  func convert(y: Float, u: Float, v: Float) -> SIMD3<Float> {
    let luma = y * lumaScale
    return SIMD3(
      luma + redFromV * v + redBias, luma + greenFromU * u + greenFromV * v + greenBias, luma + blueFromU * u + blueBias
    ).clamped(lowerBound: .zero, upperBound: SIMD3(repeating: 255))
  }
}
