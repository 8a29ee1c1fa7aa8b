/// The source positions along one row of a crop, in luma and in chroma samples.
struct CropRamps {
  let lumaX, lumaY, chromaX, chromaY: FixedPointRamp
  private let lumaColumn, lumaRow, chromaColumn, chromaRow: Int64

  init(image: YUVImage, map: AffineMap, row: Int) {
    let luma = map.apply(SIMD2(0, Double(row)))
    let chroma = (luma - image.colour.siting.offset) / 2
    lumaX = FixedPointRamp(start: luma.x, step: map.a)
    lumaY = FixedPointRamp(start: luma.y, step: map.d)
    chromaX = FixedPointRamp(start: chroma.x, step: map.a / 2)
    chromaY = FixedPointRamp(start: chroma.y, step: map.d / 2)
    (lumaColumn, lumaRow) = (image.y.lastColumn, image.y.lastRow)
    (chromaColumn, chromaRow) = (image.u.lastColumn, image.u.lastRow)
  }

  /// The columns for which all twelve neighbours are in the picture.
  func interior(width: Int) -> Range<Int> {
    var columns = lumaX.indices(in: 0..<width, within: lumaColumn)
    columns = lumaY.indices(in: columns, within: lumaRow)
    columns = chromaX.indices(in: columns, within: chromaColumn)
    return chromaY.indices(in: columns, within: chromaRow)
  }
}

extension AffineMap {
  /// Whether a row of a crop can be walked in fixed point.
  var isModest: Bool { max(abs(a), abs(d)) < 32_768 && max(abs(c), abs(f)) < 1e8 && max(abs(b), abs(e)) < 32_768 }
}

extension CropSampler {
  /// Fills columns whose neighbours are all in the picture, four at a time.
  func fill(_ columns: Range<Int>, _ ramps: CropRamps, _ line: UnsafeMutablePointer<Float>, _ size: Int) {
    guard !columns.isEmpty else { return }
    let blocks = CropBlocks(self, ramps, line, size)
    var column = columns.lowerBound
    while column &+ 4 <= columns.upperBound {
      blocks.write(column)
      column &+= 4
    }
    if column == columns.upperBound { return }
    if columns.count >= 4 {
      // Overlaps what is done: the same positions give the same values.
      blocks.write(columns.upperBound - 4)
    } else {
      for column in columns { blocks.writeOne(column) }
    }
  }
}

/// What the inner loop of a crop's row needs, close at hand.
private struct CropBlocks {
  private let ramps: CropRamps
  private let y, u, v: UnsafePointer<UInt8>
  private let lumaStride, uStride, vStride: Int
  private let toRGB: YUVToRGB
  private let red, green, blue: UnsafeMutablePointer<Float>
  private let scale, bias: SIMD3<Float>

  init(_ sampler: CropSampler, _ ramps: CropRamps, _ line: UnsafeMutablePointer<Float>, _ size: Int) {
    self.ramps = ramps
    let image = sampler.image
    (y, u, v) = (image.y.base, image.u.base, image.v.base)
    (lumaStride, uStride, vStride) = (image.y.stride, image.u.stride, image.v.stride)
    toRGB = sampler.toRGB
    let normalisation = sampler.normalisation
    let isRGB = normalisation.order == .rgb
    (red, green, blue) = isRGB ? (line, line + size, line + 2 * size) : (line + 2 * size, line + size, line)
    let (s, b) = (normalisation.scale, normalisation.bias)
    scale = isRGB ? s : SIMD3(s.z, s.y, s.x)
    bias = isRGB ? b : SIMD3(b.z, b.y, b.x)
  }

  @inline(__always)
  func write(_ column: Int) {
    let rgb = colours(column)
    store(rgb.red * scale.x + bias.x, red + column)
    store(rgb.green * scale.y + bias.y, green + column)
    store(rgb.blue * scale.z + bias.z, blue + column)
  }

  @inline(never)
  func writeOne(_ column: Int) {
    let rgb = colours(column, lanes: 0)
    red[column] = (rgb.red * scale.x + bias.x)[0]
    green[column] = (rgb.green * scale.y + bias.y)[0]
    blue[column] = (rgb.blue * scale.z + bias.z)[0]
  }

  /// - Parameter lanes: 0 makes all four the first one, where no four fit.
  @inline(__always)
  private func colours(_ column: Int, lanes: Int = 1) -> (red: SIMD4<Float>, green: SIMD4<Float>, blue: SIMD4<Float>) {
    let luma = FourPositions(ramps.lumaX, ramps.lumaY, column, lanes)
    let chroma = FourPositions(ramps.chromaX, ramps.chromaY, column, lanes)
    let y = luma.mix(y, lumaStride) * toRGB.lumaScale
    let u = chroma.mix(u, uStride)
    let v = chroma.mix(v, vStride)
    let red = y + v * toRGB.redFromV + toRGB.redBias
    let green = y + u * toRGB.greenFromU + v * toRGB.greenFromV + toRGB.greenBias
    let blue = y + u * toRGB.blueFromU + toRGB.blueBias
    return (clip(red), clip(green), clip(blue))
  }

  @inline(__always)
  private func clip(_ value: SIMD4<Float>) -> SIMD4<Float> {
    let positive = value.replacing(with: 0, where: value .< 0)
    return positive.replacing(with: 255, where: positive .> 255)
  }

  @inline(__always)
  private func store(_ value: SIMD4<Float>, _ target: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(target).storeBytes(of: value, as: SIMD4<Float>.self)
  }
}

/// Four positions with all their neighbours in the plane.
private struct FourPositions {
  private let x0, x1, x2, x3: Int
  private let y0, y1, y2, y3: Int
  private let xFraction, yFraction: SIMD4<Float>

  @inline(__always)
  init(_ x: FixedPointRamp, _ y: FixedPointRamp, _ column: Int, _ lanes: Int) {
    let (left, top) = (x[column], y[column])
    let (xStep, yStep) = (x.step &* Int64(lanes), y.step &* Int64(lanes))
    let (left1, left2, left3) = (left &+ xStep, left &+ 2 &* xStep, left &+ 3 &* xStep)
    let (top1, top2, top3) = (top &+ yStep, top &+ 2 &* yStep, top &+ 3 &* yStep)
    (x0, x1, x2, x3) = (Int(left >> 32), Int(left1 >> 32), Int(left2 >> 32), Int(left3 >> 32))
    (y0, y1, y2, y3) = (Int(top >> 32), Int(top1 >> 32), Int(top2 >> 32), Int(top3 >> 32))
    xFraction = Self.fractions(left, xStep)
    yFraction = Self.fractions(top, yStep)
  }

  /// The bilinear values, in grey levels, exact to a float's precision.
  @inline(__always)
  func mix(_ base: UnsafePointer<UInt8>, _ stride: Int) -> SIMD4<Float> {
    let (p0, p1) = (base + (y0 &* stride &+ x0), base + (y1 &* stride &+ x1))
    let (p2, p3) = (base + (y2 &* stride &+ x2), base + (y3 &* stride &+ x3))
    let above = pairs(p0, p1, p2, p3)
    let below = pairs(p0 + stride, p1 + stride, p2 + stride, p3 + stride)
    let upper = row(above)
    return upper + (row(below) - upper) * yFraction
  }

  @inline(__always)
  private func row(_ pairs: SIMD4<Int32>) -> SIMD4<Float> {
    let left = SIMD4<Float>(pairs & 255)
    return left + (SIMD4<Float>(pairs &>> 8) - left) * xFraction
  }

  @inline(__always)
  private func pairs(
    _ p0: UnsafePointer<UInt8>, _ p1: UnsafePointer<UInt8>, _ p2: UnsafePointer<UInt8>, _ p3: UnsafePointer<UInt8>
  ) -> SIMD4<Int32> {
    func load(_ p: UnsafePointer<UInt8>) -> Int32 {
      Int32(UInt16(littleEndian: UnsafeRawPointer(p).loadUnaligned(as: UInt16.self)))
    }
    return SIMD4(load(p0), load(p1), load(p2), load(p3))
  }

  /// The upper 24 bits of four positions' fractions: as many as a float holds.
  @inline(__always)
  private static func fractions(_ start: Int64, _ step: Int64) -> SIMD4<Float> {
    let low = UInt32(truncatingIfNeeded: start)
    let pace = UInt32(truncatingIfNeeded: step)
    let bits = SIMD4<UInt32>(low, low &+ pace, low &+ 2 &* pace, low &+ 3 &* pace) &>> 8
    return SIMD4<Float>(SIMD4<Int32>(truncatingIfNeeded: bits)) * 0x1p-24
  }
}
