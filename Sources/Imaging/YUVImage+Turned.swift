extension YUVImage {
  /// Returns the image with an orientation undone.
  ///
  /// Luma samples are only moved. Chroma samples are only moved too, if the siting of the turned image is one of `YUVColour.ChromaSiting`.
  /// A flip may place chroma samples to the right of their luma samples, which no siting describes. They are then shifted to the nearest
  /// siting by linear interpolation.
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
    let finer = finer.map { finer in
      RGBPlanes(width: canvas.width, height: canvas.height) { red, green, blue in
        turn(finer.red, orientation, into: red)
        turn(finer.green, orientation, into: green)
        turn(finer.blue, orientation, into: blue)
      }
    }
    return canvas.finish(finer: finer)
  }

  /// Returns the position of the first chroma sample after turning, in luma pixels, and the siting nearest to it.
  private func chromaSiting(turned orientation: ImageOrientation) -> (offset: SIMD2<Double>, siting: YUVColour.ChromaSiting) {
    let source = orientation.source
    var offset = colour.siting.offset
    // In a flip, the last sample becomes the first, and its position is counted from the opposite edge of the image.
    let last = 2 * SIMD2(Double(u.width - 1), Double(u.height - 1)) + offset
    if source.flippedX { offset.x = Double(width - 1) - last.x }
    if source.flippedY { offset.y = Double(height - 1) - last.y }
    if source.transposed { offset = SIMD2(offset.y, offset.x) }
    let nearest = YUVColour.ChromaSiting.allCases.min { first, second in
      (first.offset - offset).length < (second.offset - offset).length
    }
    return (offset, nearest ?? colour.siting)
  }
}

/// Turns a plane. If it is transposed, it is turned in tiles, so that the source's rows stay in the nearest cache while they are used.
private func turn(_ source: Plane, _ orientation: ImageOrientation, into target: MutablePlane) {
  let (transposed, flippedX, flippedY) = orientation.source
  // The steps in the source's memory for one step to the right and for one step down in the target.
  let stepX = flippedX ? -1 : 1
  let stepY = flippedY ? -source.stride : source.stride
  let (right, down) = transposed ? (stepY, stepX) : (stepX, stepY)
  let first = source.base + (flippedX ? source.width - 1 : 0) + (flippedY ? source.height - 1 : 0) * source.stride
  if right == 1 {
    for y in 0..<target.height { (target.base + y * target.stride).update(from: first + y * down, count: target.width) }
    return
  }
  let tile = transposed ? 64 : target.width
  for top in stride(from: 0, to: target.height, by: tile) {
    for left in stride(from: 0, to: target.width, by: tile) {
      let count = min(tile, target.width - left)
      for y in top..<min(top + tile, target.height) {
        let line = target.base + (y &* target.stride &+ left)
        let from = first + (y &* down &+ left &* right)
        if transposed {
          for x in 0..<count { line[x] = from[x &* right] }
        } else {
          // A constant step lets the compiler reverse whole vectors at a time.
          for x in 0..<count { line[x] = from[0 &- x] }
        }
      }
    }
  }
}

extension MutablePlane {
  /// Resamples the plane in place, at positions that are moved by `offset`, a fraction of a sample. Values are interpolated linearly, and
  /// the border is repeated.
  fileprivate func shift(by offset: SIMD2<Double>) {
    let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: width * height)
    defer { copy.deallocate() }
    let source = MutablePlane(base: copy, stride: width, width: width, height: height)
    source.copy(readOnly)
    let plane = source.readOnly
    for y in 0..<height {
      if RampSampler.takes(plane) {
        let (across, along) = (FixedPointRamp(start: offset.x, step: 1), FixedPointRamp(start: Double(y) + offset.y, step: 0))
        RampSampler(x: across, y: along, source: plane).fill(0..<width, base + y * stride, from: plane.base)
      } else {
        for x in 0..<width { self[x, y] = UInt8(plane.bilinear(SIMD2(Double(x), Double(y)) + offset).rounded()) }
      }
    }
  }
}
