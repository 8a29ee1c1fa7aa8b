extension ImageOrientation {
  /// Returns the combination of two orientations: undoing it is the same as undoing this one and then `next`.
  public func followed(by next: ImageOrientation) -> ImageOrientation {
    let first = source
    let second = next.source
    // To find the stored position for an upright position, `next` is applied first, then this orientation. A flip before the axes are
    // exchanged equals a flip of the other axis after the exchange.
    let transposed = first.transposed != second.transposed
    let flippedX = first.flippedX != (first.transposed ? second.flippedY : second.flippedX)
    let flippedY = first.flippedY != (first.transposed ? second.flippedX : second.flippedY)
    // Each of the eight combinations is an orientation, so one is always found.
    return Self.allCases.first { $0.source == (transposed, flippedX, flippedY) } ?? .up
  }

  /// Creates the orientation of an image that must be turned clockwise by `turns` quarter turns to be upright.
  public init(quarterTurnsClockwise turns: Int) {
    self = [.up, .right, .down, .left][((turns % 4) + 4) % 4]
  }
}
