#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Makes a whole face from one half: keeps one side of a line and replaces the other with its mirror image.
///
/// Luma and chroma are each reflected at the resolution of their own plane. Values at sub-pixel positions are interpolated bilinearly, to
/// within one grey level of the exact value. A position outside the image has the value of the nearest pixel on the border. A pixel on the
/// line is its own mirror image, so the halves meet without a seam and need no blending.
///
/// - Parameters:
///   - side: the side that is kept. Its pixels, and those on the line itself, are copied unchanged.
///   - pool: the pool from which the memory of the new image is taken.
public func reflect(
  _ image: YUVImage, across axis: ReflectionAxis, keeping side: KeptSide, pool: PixelMemoryPool? = nil
) -> YUVImage {
  let canvas = YUVCanvas(width: image.width, height: image.height, colour: image.colour, pool: pool)
  let chromaAxis = ReflectionAxis(point: (axis.point - image.colour.siting.offset) / 2, direction: axis.direction)
  PlaneReflection(axis: axis, side: side).apply(to: image.y, into: canvas.y)
  let chroma = PlaneReflection(axis: chromaAxis, side: side)
  if image.u.stride == image.v.stride {
    chroma.apply(to: (image.u, image.v), into: (canvas.u, canvas.v))
  } else {
    chroma.apply(to: image.u, into: canvas.u)
    chroma.apply(to: image.v, into: canvas.v)
  }
  return canvas.finish()
}

/// A reflection of planes across an axis. The axis is given in samples of these planes.
struct PlaneReflection {
  let axis: ReflectionAxis
  let side: KeptSide

  func apply(to source: Plane, into target: MutablePlane) {
    guard RampSampler.takes(source) else { return applyPlainly(to: source, into: target) }
    forEachRow(width: source.width, height: source.height) { y, kept, reflected in
      memcpy(target.base + y * target.stride + kept.lowerBound, source.base + y * source.stride + kept.lowerBound, kept.count)
      let row = ramps(y)
      RampSampler(x: row.x, y: row.y, source: source).fill(reflected, target.base + y * target.stride, from: source.base)
    }
  }

  /// Reflects two planes of the same size and stride, and computes their common positions only once.
  func apply(to sources: (Plane, Plane), into targets: (MutablePlane, MutablePlane)) {
    guard RampSampler.takes(sources.0) else {
      applyPlainly(to: sources.0, into: targets.0)
      return applyPlainly(to: sources.1, into: targets.1)
    }
    let stride = sources.0.stride
    let targetStride = targets.0.stride
    forEachRow(width: sources.0.width, height: sources.0.height) { y, kept, reflected in
      let (first, second) = (targets.0.base + y * targetStride, targets.1.base + y * targetStride)
      memcpy(first + kept.lowerBound, sources.0.base + y * stride + kept.lowerBound, kept.count)
      memcpy(second + kept.lowerBound, sources.1.base + y * stride + kept.lowerBound, kept.count)
      let row = ramps(y)
      RampSampler(x: row.x, y: row.y, source: sources.0).fill(
        reflected, (first, second), from: (sources.0.base, sources.1.base))
    }
  }

  /// Returns the mirror images of the positions in a row.
  private func ramps(_ y: Int) -> (x: FixedPointRamp, y: FixedPointRamp) {
    let start = axis.reflect(SIMD2(0, Double(y)))
    let step = SIMD2(1, 0) - 2 * axis.normal.x * axis.normal
    return (FixedPointRamp(start: start.x, step: step.x), FixedPointRamp(start: start.y, step: step.y))
  }

  private func isKept(_ x: Int, _ y: Int) -> Bool { axis.isPoint(SIMD2(Double(x), Double(y)), on: side) }

  /// Calls `body` for each row with the columns to keep and those to reflect.
  private func forEachRow(width: Int, height: Int, _ body: (_ y: Int, _ kept: Range<Int>, _ reflected: Range<Int>) -> Void) {
    for y in 0..<height {
      let keepsFirst = isKept(0, y)
      // The signed distance is monotonic along a row, even with rounding, so bisection finds the exact column where the side changes.
      var low = 0
      var high = width
      if keepsFirst != isKept(width - 1, y) {
        high = width - 1
        while high - low > 1 {
          let middle = (low + high) / 2
          if isKept(middle, y) == keepsFirst { low = middle } else { high = middle }
        }
      }
      body(y, keepsFirst ? 0..<high : high..<width, keepsFirst ? high..<width : 0..<high)
    }
  }

  /// Reflects a plane that the kernel does not accept: one with a single row or column, whose positions do not have four neighbours, or one
  /// that is too large.
  private func applyPlainly(to source: Plane, into target: MutablePlane) {
    for y in 0..<source.height {
      for x in 0..<source.width {
        target[x, y] =
          isKept(x, y) ? source[x, y] : UInt8(source.bilinear(axis.reflect(SIMD2(Double(x), Double(y)))).rounded())
      }
    }
  }
}
