import CKernels

/// The source positions along one row of a crop, in luma samples and in chroma samples.
struct CropRamps {
  let lumaX, lumaY, chromaX, chromaY: FixedPointRamp
  /// The distance in bytes, in a plane of the source, from the position of one pixel of the crop to the position of the pixel below it. It
  /// is rounded to whole samples.
  let lumaAhead, chromaAhead: Int
  private let lumaColumn, lumaRow, chromaColumn, chromaRow: Int64

  init(image: YUVImage, map: AffineMap, row: Int) {
    let luma = map.apply(SIMD2(0, Double(row)))
    let chroma = (luma - image.colour.siting.offset) / 2
    lumaX = FixedPointRamp(start: luma.x, step: map.a)
    lumaY = FixedPointRamp(start: luma.y, step: map.d)
    chromaX = FixedPointRamp(start: chroma.x, step: map.a / 2)
    chromaY = FixedPointRamp(start: chroma.y, step: map.d / 2)
    lumaAhead = Int(map.e.rounded()) * image.y.stride + Int(map.b.rounded())
    chromaAhead = Int((map.e / 2).rounded()) * image.u.stride + Int((map.b / 2).rounded())
    (lumaColumn, lumaRow) = (image.y.lastColumn, image.y.lastRow)
    (chromaColumn, chromaRow) = (image.u.lastColumn, image.u.lastRow)
  }

  /// Returns the crop's columns whose twelve neighbours (four in each plane) all lie in the image.
  func interior(width: Int) -> Range<Int> {
    var columns = lumaX.indices(in: 0..<width, within: lumaColumn)
    columns = lumaY.indices(in: columns, within: lumaRow)
    columns = chromaX.indices(in: columns, within: chromaColumn)
    return chromaY.indices(in: columns, within: chromaRow)
  }
}

extension AffineMap {
  /// Whether the positions along a row of a crop fit into the fixed-point numbers.
  var isModest: Bool { [a, b, d, e].allSatisfy { abs($0) < 32_768 } && abs(c) < 1e8 && abs(f) < 1e8 }
}

extension CropSampler {
  /// Returns whether the kernel can read the image. The kernel needs byte offsets that fit into 32 bits.
  static func fills(_ image: YUVImage) -> Bool {
    // The kernel reads YUV only. Only still images, for which speed matters little, have finer colours.
    image.finer == nil && image.u.stride == image.v.stride && image.y.stride * image.y.height <= Int(Int32.max)
  }

  /// Fills the given columns of one output row with interpolated samples. All source pixels that they are interpolated from must lie in the
  /// image.
  func fill(_ columns: Range<Int>, _ ramps: CropRamps, _ line: UnsafeMutablePointer<Float>, _ size: Int) {
    guard !columns.isEmpty else { return }
    let isRGB = normalisation.order == .rgb
    let (s, b) = (normalisation.scale, normalisation.bias)
    var row = sf_crop_row(
      luma_x: ramps.lumaX.start, luma_y: ramps.lumaY.start, chroma_x: ramps.chromaX.start, chroma_y: ramps.chromaY.start,
      luma_x_step: ramps.lumaX.step, luma_y_step: ramps.lumaY.step, chroma_x_step: ramps.chromaX.step,
      chroma_y_step: ramps.chromaY.step, y: image.y.base, u: image.u.base, v: image.v.base, luma_stride: Int32(image.y.stride),
      chroma_stride: Int32(image.u.stride), luma_ahead: ramps.lumaAhead, chroma_ahead: ramps.chromaAhead, luma_scale: toRGB.lumaScale,
      red_from_v: toRGB.redFromV, green_from_u: toRGB.greenFromU, green_from_v: toRGB.greenFromV, blue_from_u: toRGB.blueFromU,
      red_bias: toRGB.redBias, green_bias: toRGB.greenBias, blue_bias: toRGB.blueBias,
      scale: isRGB ? (s.x, s.y, s.z) : (s.z, s.y, s.x), bias: isRGB ? (b.x, b.y, b.z) : (b.z, b.y, b.x),
      planes: isRGB ? (line, line + size, line + 2 * size) : (line + 2 * size, line + size, line))
    sf_fill_crop_row(&row, columns.lowerBound, columns.upperBound)
  }
}
