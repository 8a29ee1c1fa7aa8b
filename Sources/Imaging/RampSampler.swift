/// Bilinear samples of a plane of at least 2×2 samples along a straight line of positions, eight at a time, as bytes.
///
/// Both horizontal neighbours come in one 16-bit load. Vertical weights have 8 bits, horizontal ones 16; sums are kept to
/// 1/256 of a grey level and rounded once.
struct RampSampler {
  let x: FixedPointRamp
  let y: FixedPointRamp
  private let stride: Int
  private let lastColumn, lastRow: Int64

  /// - Parameter source: the plane, or one of two of the same size and stride.
  init(x: FixedPointRamp, y: FixedPointRamp, source: Plane) {
    self.x = x
    self.y = y
    stride = source.stride
    lastColumn = source.lastColumn
    lastRow = source.lastRow
  }

  /// Writes the samples of `range` to the same indices of a row.
  func fill(_ range: Range<Int>, _ target: UnsafeMutablePointer<UInt8>, from source: UnsafePointer<UInt8>) {
    fill(range, (target, target), from: (source, source), both: false)
  }

  /// The same for two planes at once.
  func fill(
    _ range: Range<Int>, _ targets: (UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt8>),
    from sources: (UnsafePointer<UInt8>, UnsafePointer<UInt8>)
  ) {
    fill(range, targets, from: sources, both: true)
  }

  @inline(__always)
  private func fill(
    _ range: Range<Int>, _ targets: (UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt8>),
    from sources: (UnsafePointer<UInt8>, UnsafePointer<UInt8>), both: Bool
  ) {
    let interior = y.indices(in: x.indices(in: range, within: lastColumn), within: lastRow)
    fillClamped(range.lowerBound..<interior.lowerBound, targets, from: sources, both: both)
    fillInterior(interior, targets, from: sources, both: both)
    fillClamped(interior.upperBound..<range.upperBound, targets, from: sources, both: both)
  }

  /// Where all neighbours are in the plane: no comparisons, and the fractions are worked out as vectors.
  @inline(__always)
  private func fillInterior(
    _ range: Range<Int>, _ targets: (UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt8>),
    from sources: (UnsafePointer<UInt8>, UnsafePointer<UInt8>), both: Bool
  ) {
    guard range.count >= 8 else { return fillSingly(range, targets, from: sources, both: both) }
    // Within eight samples 16 bits of fraction do; the next eight start again from the exact position.
    let (xStep, yStep) = ((x.step &+ 32768) >> 16, (y.step &+ 32768) >> 16)
    let lanes = SIMD8<UInt16>(0, 1, 2, 3, 4, 5, 6, 7)
    let xLanes = lanes &* UInt16(truncatingIfNeeded: xStep)
    let yLanes = lanes &* UInt16(truncatingIfNeeded: yStep)
    let last = range.upperBound &- 8
    var index = range.lowerBound
    while true {
      let (left, top) = (x[index] >> 16, y[index] >> 16)
      if let block = StraightBlock(left: left, top: top, xStep: xStep, yStep: yStep, stride: stride) {
        store(block.mix(sources.0, stride), targets.0 + index)
        if both { store(block.mix(sources.1, stride), targets.1 + index) }
      } else {
        let offsets = Offsets(left, top, xStep, yStep, stride)
        let weights = BilinearWeights(xLanes &+ UInt16(truncatingIfNeeded: left), yLanes &+ UInt16(truncatingIfNeeded: top))
        store(weights.mix(sources.0, offsets, stride), targets.0 + index)
        if both { store(weights.mix(sources.1, offsets, stride), targets.1 + index) }
      }
      // The last eight overlap what is done already.
      if index >= last { return }
      index = min(index &+ 8, last)
    }
  }

  @inline(__always)
  private func fillClamped(
    _ range: Range<Int>, _ targets: (UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt8>),
    from sources: (UnsafePointer<UInt8>, UnsafePointer<UInt8>), both: Bool
  ) {
    let yStep = (y.step &+ 32768) >> 16
    var index = range.lowerBound
    while index &+ 8 <= range.upperBound {
      if let block = borderBlock(index, yStep: yStep) {
        store(block.mix(sources.0, stride), targets.0 + index)
        if both { store(block.mix(sources.1, stride), targets.1 + index) }
        index &+= 8
        continue
      }
      let (xs, ys) = (positions(x, index, lastColumn), positions(y, index, lastRow))
      let offsets = Offsets(xs, ys, stride)
      let weights = BilinearWeights(xs.fractions, ys.fractions)
      store(weights.mix(sources.0, offsets, stride), targets.0 + index)
      if both { store(weights.mix(sources.1, offsets, stride), targets.1 + index) }
      index &+= 8
    }
    fillSingly(index..<range.upperBound, targets, from: sources, both: both)
  }

  /// Eight samples beyond the same side of the plane, all of whose rows are in it.
  @inline(__always)
  private func borderBlock(_ index: Int, yStep: Int64) -> StraightBlock? {
    let (first, last) = (x[index], x[index &+ 7])
    guard max(first, last) < 0 || min(first, last) > lastColumn else { return nil }
    let (top, bottom) = (y[index], y[index &+ 7])
    guard min(top, bottom) >= 0, max(top, bottom) < lastRow &- 1 << 32 else { return nil }
    return StraightBlock(border: (first < 0 ? 0 : lastColumn) >> 16, top: top >> 16, yStep: yStep, stride: stride)
  }

  @inline(never)
  private func fillSingly(
    _ range: Range<Int>, _ targets: (UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt8>),
    from sources: (UnsafePointer<UInt8>, UnsafePointer<UInt8>), both: Bool
  ) {
    for index in range {
      let (left, top) = clamped(index)
      let position = Int(top >> 32) &* stride &+ Int(left >> 32)
      let weights = BilinearWeights(
        SIMD8(repeating: UInt16(truncatingIfNeeded: left >> 16)), SIMD8(repeating: UInt16(truncatingIfNeeded: top >> 16)))
      let offsets = Offsets(repeating: position)
      targets.0[index] = weights.mix(sources.0, offsets, stride)[0]
      if both { targets.1[index] = weights.mix(sources.1, offsets, stride)[0] }
    }
  }

  @inline(__always)
  private func clamped(_ index: Int) -> (Int64, Int64) {
    (max(0, min(lastColumn, x[index])), max(0, min(lastRow, y[index])))
  }

  @inline(__always)
  private func positions(_ ramp: FixedPointRamp, _ index: Int, _ last: Int64) -> Positions {
    func at(_ lane: Int) -> Int64 { max(0, min(last, ramp[index &+ lane])) }
    return Positions(p0: at(0), p1: at(1), p2: at(2), p3: at(3), p4: at(4), p5: at(5), p6: at(6), p7: at(7))
  }

  @inline(__always)
  private func store(_ bytes: SIMD8<UInt8>, _ target: UnsafeMutablePointer<UInt8>) {
    UnsafeMutableRawPointer(target).storeBytes(of: bytes, as: SIMD8<UInt8>.self)
  }
}

/// Eight 32.32 positions, as scalars: they end up as addresses.
private struct Positions {
  let p0, p1, p2, p3, p4, p5, p6, p7: Int64

  var fractions: SIMD8<UInt16> {
    @inline(__always) get {
      func fraction(_ p: Int64) -> UInt16 { UInt16(truncatingIfNeeded: p >> 16) }
      return SIMD8(
        fraction(p0), fraction(p1), fraction(p2), fraction(p3), fraction(p4), fraction(p5), fraction(p6), fraction(p7))
    }
  }
}

/// Where eight positions' upper left samples lie, from the plane's first one.
private struct Offsets {
  let o0, o1, o2, o3, o4, o5, o6, o7: Int

  @inline(__always)
  init(_ x: Positions, _ y: Positions, _ stride: Int) {
    func offset(_ x: Int64, _ y: Int64) -> Int { Int(y >> 32) &* stride &+ Int(x >> 32) }
    o0 = offset(x.p0, y.p0)
    o1 = offset(x.p1, y.p1)
    o2 = offset(x.p2, y.p2)
    o3 = offset(x.p3, y.p3)
    o4 = offset(x.p4, y.p4)
    o5 = offset(x.p5, y.p5)
    o6 = offset(x.p6, y.p6)
    o7 = offset(x.p7, y.p7)
  }

  /// Eight 48.16 positions from a first one on.
  @inline(__always)
  init(_ left: Int64, _ top: Int64, _ xStep: Int64, _ yStep: Int64, _ stride: Int) {
    func offset(_ lane: Int64) -> Int {
      Int((top &+ lane &* yStep) >> 16) &* stride &+ Int((left &+ lane &* xStep) >> 16)
    }
    o0 = offset(0)
    o1 = offset(1)
    o2 = offset(2)
    o3 = offset(3)
    o4 = offset(4)
    o5 = offset(5)
    o6 = offset(6)
    o7 = offset(7)
  }

  @inline(__always)
  init(repeating offset: Int) {
    (o0, o1, o2, o3, o4, o5, o6, o7) = (offset, offset, offset, offset, offset, offset, offset, offset)
  }
}

/// The weights of eight times four neighbours.
struct BilinearWeights {
  private let upper, lower: SIMD8<UInt16>
  private let left, right: SIMD8<UInt16>

  /// - Parameters: fractions of a sample in 1/65536.
  @inline(__always)
  init(_ x: SIMD8<UInt16>, _ y: SIMD8<UInt16>) {
    // Rounded to 0…256, without overflow at the upper end.
    lower = ((y &>> 1) &+ 64) &>> 7
    upper = 256 &- lower
    right = x
    left = 65535 &- x
  }

  /// The weighed means of the samples at the offsets, one to the right and one row below.
  @inline(__always)
  fileprivate func mix(_ base: UnsafePointer<UInt8>, _ offsets: Offsets, _ stride: Int) -> SIMD8<UInt8> {
    let above = pairs(base, offsets)
    let below = pairs(base + stride, offsets)
    return mix(above & 255, above &>> 8, below & 255, below &>> 8)
  }

  /// The weighed means of four neighbours each, as bytes' values.
  @inline(__always)
  func mix(
    _ aboveLeft: SIMD8<UInt16>, _ aboveRight: SIMD8<UInt16>, _ belowLeft: SIMD8<UInt16>, _ belowRight: SIMD8<UInt16>
  ) -> SIMD8<UInt8> {
    let first = aboveLeft &* upper &+ belowLeft &* lower
    let second = aboveRight &* upper &+ belowRight &* lower
    // 129: half a grey level, and half of what the two products lose by truncation.
    let sum = highHalf(first, left) &+ highHalf(second, right) &+ 129
    return SIMD8<UInt8>(truncatingIfNeeded: sum &>> 8)
  }

  @inline(__always)
  private func pairs(_ base: UnsafePointer<UInt8>, _ offsets: Offsets) -> SIMD8<UInt16> {
    func load(_ offset: Int) -> UInt16 { UInt16(littleEndian: UnsafeRawPointer(base + offset).loadUnaligned(as: UInt16.self)) }
    return SIMD8(
      load(offsets.o0), load(offsets.o1), load(offsets.o2), load(offsets.o3), load(offsets.o4), load(offsets.o5),
      load(offsets.o6), load(offsets.o7))
  }

  @inline(__always)
  private func highHalf(_ a: SIMD8<UInt16>, _ b: SIMD8<UInt16>) -> SIMD8<UInt16> {
    SIMD8<UInt16>(truncatingIfNeeded: (SIMD8<UInt32>(truncatingIfNeeded: a) &* SIMD8<UInt32>(truncatingIfNeeded: b)) &>> 16)
  }
}

extension FixedPointRamp {
  @inline(__always)
  subscript(index: Int) -> Int64 { start &+ Int64(truncatingIfNeeded: index) &* step }
}
