import CKernels

/// Samples a plane bilinearly, as bytes, along a straight line of positions. The kernel is `sf_resample`.
///
/// The plane has at least 2×2 samples, and consecutive positions are at most one sample apart.
struct RampSampler {
  private let line: sf_line

  /// Returns whether the kernel can read the plane. The kernel needs byte offsets that fit into 32 bits.
  static func takes(_ source: Plane) -> Bool {
    (2...Int(sf_largest_side)).contains(source.width) && (2...Int(sf_largest_side)).contains(source.height)
      && source.stride * source.height <= Int(Int32.max)
  }

  /// Creates a sampler for positions along one line.
  ///
  /// - Parameters:
  ///   - x: the columns of the positions.
  ///   - y: the rows of the positions.
  ///   - source: the plane to sample, or one of two planes of the same size and stride. `takes` must be true for it.
  init(x: FixedPointRamp, y: FixedPointRamp, source: Plane) {
    line = sf_line(
      x: x.start, y: y.start, x_step: x.step, y_step: y.step, stride: Int32(source.stride), last_x: Int32(source.lastColumn >> 16),
      last_y: Int32(source.lastRow >> 16))
  }

  /// Writes the samples of the positions in `range` to the same indices of a row.
  func fill(_ range: Range<Int>, _ target: UnsafeMutablePointer<UInt8>, from source: UnsafePointer<UInt8>) {
    withUnsafePointer(to: line(from: range.lowerBound)) { sf_resample($0, source, target + range.lowerBound, range.count) }
  }

  /// Writes the samples of two planes of the same size and stride.
  func fill(
    _ range: Range<Int>, _ targets: (UnsafeMutablePointer<UInt8>, UnsafeMutablePointer<UInt8>),
    from sources: (UnsafePointer<UInt8>, UnsafePointer<UInt8>)
  ) {
    withUnsafePointer(to: line(from: range.lowerBound)) { line in
      sf_resample_two(line, sources.0, sources.1, targets.0 + range.lowerBound, targets.1 + range.lowerBound, range.count)
    }
  }

  private func line(from index: Int) -> sf_line {
    var line = line
    line.x += Int64(index) * line.x_step
    line.y += Int64(index) * line.y_step
    return line
  }
}
