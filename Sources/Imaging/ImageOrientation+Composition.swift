extension ImageOrientation {
  /// The orientation whose undoing is undoing this one and then `next`.
  public func followed(by next: ImageOrientation) -> ImageOrientation {
    let first = source
    let second = next.source
    // Undoing maps an upright position to a stored one: first `next`'s, then this one's. Exchanging the axes behind a flip is
    // flipping the other axis behind the exchange.
    let transposed = first.transposed != second.transposed
    let flippedX = first.flippedX != (first.transposed ? second.flippedY : second.flippedX)
    let flippedY = first.flippedY != (first.transposed ? second.flippedX : second.flippedY)
    // All eight combinations are orientations, so one is always found.
    return Self.allCases.first { $0.source == (transposed, flippedX, flippedY) } ?? .up
  }

  /// What a picture has that must be turned clockwise by so many quarter turns to be upright.
  public init(quarterTurnsClockwise turns: Int) {
    self = [.up, .right, .down, .left][((turns % 4) + 4) % 4]
  }
}
