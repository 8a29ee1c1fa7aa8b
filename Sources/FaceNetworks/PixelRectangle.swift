/// Whole pixels of a picture: columns `x ..< x + width`, rows `y ..< y + height`.
public struct PixelRectangle: Hashable, Sendable {
  public var x: Int
  public var y: Int
  public var width: Int
  public var height: Int

  public init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }
}

extension FaceBox {
  /// The pixels that OpenFace 3.0 cuts out for this box: its edges, in coordinates whose 0 is the first pixel's outer edge, cut to whole
  /// numbers (`int(…)`), then to the picture.
  /// - Returns: nil where nothing of the box lies in the picture.
  public func pixels(inWidth width: Int, height: Int) -> PixelRectangle? {
    func edge(_ value: Double, _ limit: Int) -> Int { Int(min(max(value + 0.5, 0), Double(limit))) }
    let (left, top) = (edge(minX, width), edge(minY, height))
    let (right, bottom) = (edge(maxX, width), edge(maxY, height))
    guard right > left, bottom > top else { return nil }
    return PixelRectangle(x: left, y: top, width: right - left, height: bottom - top)
  }
}
