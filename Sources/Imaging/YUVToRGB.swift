/// A `YUVMatrix` as single-precision factors, for the crop kernel.
struct YUVToRGB {
  let lumaScale, redFromV, greenFromU, greenFromV, blueFromU: Float
  /// Constants that are added to the products. They include the offsets of luma and chroma, which therefore cost nothing per pixel.
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
