/// An image that is being written. It has a single owner until `finish()` turns it into a `YUVImage`.
public struct YUVCanvas: ~Copyable {
  public let width: Int
  public let height: Int
  public let colour: YUVColour
  public let y: MutablePlane
  public let u: MutablePlane
  public let v: MutablePlane
  private let memory: PixelMemory

  /// Creates a canvas with undefined content. Rows are aligned to 64 bytes.
  /// - Parameter pool: the pool from which the memory is taken and to which it returns. If nil, the memory is allocated.
  public init(width: Int, height: Int, colour: YUVColour, pool: PixelMemoryPool? = nil) {
    precondition(width > 0 && height > 0, "an image has at least one pixel")
    let chromaWidth = (width + 1) / 2
    let chromaHeight = (height + 1) / 2
    let lumaStride = (width + 63) & ~63
    let chromaStride = (chromaWidth + 63) & ~63
    let bytes = lumaStride * height + 2 * chromaStride * chromaHeight
    let memory = pool?.take(byteCount: bytes) ?? PixelMemory(byteCount: bytes)
    let base = memory.bytes
    self.width = width
    self.height = height
    self.colour = colour
    self.memory = memory
    y = MutablePlane(base: base, stride: lumaStride, width: width, height: height)
    u = MutablePlane(base: base + lumaStride * height, stride: chromaStride, width: chromaWidth, height: chromaHeight)
    v = MutablePlane(
      base: base + lumaStride * height + chromaStride * chromaHeight, stride: chromaStride, width: chromaWidth, height: chromaHeight)
  }

  /// Turns the canvas into an image that no longer changes.
  /// - Parameter finer: the same image in RGB, if its source had more chroma samples than 4:2:0.
  public consuming func finish(finer: RGBPlanes? = nil) -> YUVImage {
    YUVImage(colour: colour, y: y.readOnly, u: u.readOnly, v: v.readOnly, finer: finer, owner: memory)
  }
}
