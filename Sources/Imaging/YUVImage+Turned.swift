extension YUVImage {
  /// This picture with its orientation undone: upright.
  ///
  /// Luma samples are only moved. So are chroma samples when the turned picture's siting has a name (see
  /// `YUVColour.ChromaSiting`); the flips that would put them on the right of their luma samples are shifted to the centre
  /// by linear interpolation.
  public func turned(_ orientation: ImageOrientation, pool: PixelMemoryPool? = nil) -> YUVImage {
    if orientation == .up { return self }
    let (offset, siting) = chromaSiting(turned: orientation)
    var colour = colour
    colour.siting = siting
    let canvas = YUVCanvas(
      width: orientation.swapsSides ? height : width, height: orientation.swapsSides ? width : height, colour: colour, pool: pool)
    turn(y, orientation, into: canvas.y)
    turn(u, orientation, into: canvas.u)
    turn(v, orientation, into: canvas.v)
    let shift = (siting.offset - offset) / 2
    if shift != .zero {
      canvas.u.shift(by: shift)
      canvas.v.shift(by: shift)
    }
    return canvas.finish()
  }

  /// Where turning puts the first chroma sample, and the siting to give the result.
  private func chromaSiting(turned orientation: ImageOrientation) -> (offset: SIMD2<Double>, siting: YUVColour.ChromaSiting) {
    let source = orientation.source
    var offset = colour.siting.offset
    // The last sample becomes the first, and counts from the picture's other edge.
    let last = 2 * SIMD2(Double(u.width - 1), Double(u.height - 1)) + offset
    if source.flippedX { offset.x = Double(width - 1) - last.x }
    if source.flippedY { offset.y = Double(height - 1) - last.y }
    if source.transposed { offset = SIMD2(offset.y, offset.x) }
    let nearest = YUVColour.ChromaSiting.allCases.min { first, second in
      distance(first.offset, offset) < distance(second.offset, offset)
    }
    return (offset, nearest ?? colour.siting)
  }

  private func distance(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> Double { ((a - b) * (a - b)).sum() }
}

private func turn(_ source: Plane, _ orientation: ImageOrientation, into target: MutablePlane) {
  let (transposed, flippedX, flippedY) = orientation.source
  for y in 0..<target.height {
    for x in 0..<target.width {
      let (column, row) = transposed ? (y, x) : (x, y)
      target[x, y] = source[flippedX ? source.width - 1 - column : column, flippedY ? source.height - 1 - row : row]
    }
  }
}

extension MutablePlane {
  /// Resamples the plane in place at positions moved by a fraction of a sample, linearly, the border repeated.
  fileprivate func shift(by offset: SIMD2<Double>) {
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: width * height)
    defer { copy.deallocate() }
    let source = MutablePlane(base: copy, stride: width, width: width, height: height)
    source.copy(readOnly)
    for y in 0..<height {
      for x in 0..<width {
        self[x, y] = UInt8(source.readOnly.bilinear(SIMD2(Double(x), Double(y)) + offset).rounded())
      }
    }
  }
}
