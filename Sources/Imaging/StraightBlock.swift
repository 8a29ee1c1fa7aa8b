/// Eight samples that are read as whole vectors, since what they need lies side by side: where a line runs backwards along a row a
/// column at a time, as a reflection's does, or where all eight are at the plane's border. They lie in one row, or in two that follow
/// each other.
struct StraightBlock {
  /// Of the leftmost sample in the upper row.
  private let offset: Int
  private let crossesRows: Bool
  /// The lanes in the lower of both rows.
  private let isLower: SIMDMask<SIMD8<Int16>>
  private let weights: BilinearWeights
  private let isOneColumn: Bool

  private static let backwards = SIMD8<UInt16>(7, 6, 5, 4, 3, 2, 1, 0)

  /// Nil where the samples do not lie so.
  /// - Parameters:
  ///   - left: the first sample's column, 48.16 bits; the others' are `xStep` apart.
  ///   - top: the rows, likewise.
  @inline(__always)
  init?(left: Int64, top: Int64, xStep: Int64, yStep: Int64, stride: Int) {
    // Steps of no more than a column make seven of them only one at a time.
    let last = (left &+ 7 &* xStep) >> 16
    guard xStep >= -65536, (left >> 16) &- last == 7 else { return nil }
    let lanes = Self.backwards &* UInt16(truncatingIfNeeded: xStep) &+ UInt16(truncatingIfNeeded: left)
    self.init(column: Int(last), xFractions: lanes, top: top, yStep: yStep, stride: stride, isOneColumn: false)
  }

  /// Samples that are all between the same two columns.
  /// - Parameter left: their position in the row, 48.16 bits.
  @inline(__always)
  init?(border left: Int64, top: Int64, yStep: Int64, stride: Int) {
    self.init(
      column: Int(left >> 16), xFractions: SIMD8(repeating: UInt16(truncatingIfNeeded: left)), top: top, yStep: yStep, stride: stride,
      isOneColumn: true)
  }

  @inline(__always)
  private init?(column: Int, xFractions: SIMD8<UInt16>, top: Int64, yStep: Int64, stride: Int, isOneColumn: Bool) {
    // Less than a row in seven steps: only then does a fraction tell the row.
    guard abs(yStep) <= 65535 / 7 else { return nil }
    let (first, last) = (top >> 16, (top &+ 7 &* yStep) >> 16)
    let row = min(first, last)
    offset = Int(row) &* stride &+ column
    crossesRows = first != last
    let start = SIMD8(repeating: UInt16(truncatingIfNeeded: top))
    let yFractions = Self.backwards &* UInt16(truncatingIfNeeded: yStep) &+ start
    // A fraction that fell below the first one's while rising has passed into the next row.
    let (fell, didNotRise) = (yFractions .< start, yFractions .<= start)
    isLower = yStep > 0 ? fell : didNotRise
    weights = BilinearWeights(xFractions, yFractions)
    self.isOneColumn = isOneColumn
  }

  /// The samples in their order.
  @inline(__always)
  func mix(_ base: UnsafePointer<UInt8>, _ stride: Int) -> SIMD8<UInt8> {
    let upper = base + offset
    let lower = upper + stride
    var (aboveLeft, aboveRight) = (load(upper), load(upper + 1))
    var (belowLeft, belowRight) = (load(lower), load(lower + 1))
    if crossesRows {
      let third = lower + stride
      aboveLeft.replace(with: belowLeft, where: isLower)
      aboveRight.replace(with: belowRight, where: isLower)
      belowLeft.replace(with: load(third), where: isLower)
      belowRight.replace(with: load(third + 1), where: isLower)
    }
    let mixed = weights.mix(aboveLeft, aboveRight, belowLeft, belowRight)
    return SIMD8(mixed[7], mixed[6], mixed[5], mixed[4], mixed[3], mixed[2], mixed[1], mixed[0])
  }

  @inline(__always)
  private func load(_ first: UnsafePointer<UInt8>) -> SIMD8<UInt16> {
    if isOneColumn { return SIMD8(repeating: UInt16(first.pointee)) }
    return SIMD8<UInt16>(truncatingIfNeeded: UnsafeRawPointer(first).loadUnaligned(as: SIMD8<UInt8>.self))
  }
}
