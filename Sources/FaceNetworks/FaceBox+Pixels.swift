public import Imaging

extension FaceBox {
  /// Returns the pixels that OpenFace 3.0 cuts out for this box. The box's edges, in coordinates whose 0 is the first pixel's outer edge,
  /// are truncated to whole numbers (`int(…)`) and then clipped to the image.
  /// - Returns: `nil` if no part of the box lies in the image.
  public func pixels(inWidth width: Int, height: Int) -> PixelRectangle? {
    func edge(_ value: Double, _ limit: Int) -> Int { Int(min(max(value + 0.5, 0), Double(limit))) }
    let (left, top) = (edge(minX, width), edge(minY, height))
    let (right, bottom) = (edge(maxX, width), edge(maxY, height))
    guard right > left, bottom > top else { return nil }
    return PixelRectangle(x: left, y: top, width: right - left, height: bottom - top)
  }
}
