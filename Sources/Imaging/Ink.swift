/// A colour and its opacity, in the YUV values of a canvas.
struct Ink {
  let y, u, v: UInt16
  /// The opacity, 0…256.
  let alpha: UInt16

  init(_ colour: RGBColour, _ alpha: Double, on canvas: YUVColour) {
    let bytes = YUVMatrix(canvas).bytes(of: colour)
    (y, u, v) = (UInt16(bytes.y), UInt16(bytes.u), UInt16(bytes.v))
    self.alpha = alpha > 0 ? UInt16((min(1, alpha) * 256).rounded()) : 0
  }
}
