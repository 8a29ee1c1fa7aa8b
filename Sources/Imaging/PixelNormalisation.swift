/// The order in which the colour planes of a crop are written.
public enum ChannelOrder: Hashable, Sendable { case rgb, bgr }

/// The pixel values that a network expects: out = value · scale + bias, with value in 0…255.
///
/// `scale` and `bias` have one element per written plane, so for `.bgr` their first element belongs to blue.
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
