/// The order in which colour planes are written.
public enum ChannelOrder: Hashable, Sendable { case rgb, bgr }

/// What a network wants of its pixels: out = value · scale + bias with value in 0…255.
///
/// `scale` and `bias` are per written plane, so for `.bgr` their first element is blue's.
public struct PixelNormalisation: Hashable, Sendable {
  public var scale: SIMD3<Float>
  public var bias: SIMD3<Float>
  public var order: ChannelOrder

  public init(scale: SIMD3<Float> = SIMD3(repeating: 1), bias: SIMD3<Float> = .zero, order: ChannelOrder = .rgb) {
    self.scale = scale
    self.bias = bias
    self.order = order
  }
}

/// What a crop sees outside the picture.
public enum CropBorder: Hashable, Sendable {
  /// The nearest pixel of the picture.
  case replicate
  /// A value in 0…255 for red, green and blue alike, before normalisation. A tap outside counts as this value, as with
  /// OpenCV's `BORDER_CONSTANT`, so the picture's edge fades into it within one source pixel.
  case constant(Float)
}
