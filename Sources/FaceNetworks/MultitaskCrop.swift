package import Imaging
import Inference

/// The part of an image that OpenFace 3.0's multitask network gets as its input.
///
/// The pixels are those of `FaceBox.pixels`, resized to 224×224 bilinearly with pixel centres aligned, as in OpenCV's `resize`: sample i is
/// read at (i + 0.5) · side/224 − 0.5, without averaging even if the crop is larger than 224 pixels.
package struct MultitaskCrop: Sendable {
  private let image: YUVImage
  private let pixels: PixelRectangle

  /// Makes the crop for the box of a face; nil if no part of the box lies in the image.
  init?(image: YUVImage, box: FaceBox) {
    guard let pixels = box.pixels(inWidth: image.width, height: image.height) else { return nil }
    self.image = image
    self.pixels = pixels
  }

  /// Returns the name of a session's input; nil if the session does not accept a tensor of crops.
  static func input(of session: InferenceSession) -> String? {
    guard session.inputs.count == 1, let input = session.inputs.first, input.shape.count == 4 else { return nil }
    let side = MultitaskNetwork.side
    return input.accepts(shape: [input.shape[0] ?? 1, 3, side, side]) ? input.name : nil
  }

  /// Makes the network's input: N×3×224×224, RGB, ImageNet-normalised, with zeros in the slots after the crops.
  static func tensor(of crops: ArraySlice<MultitaskCrop>, slots: Int) -> Tensor {
    let side = MultitaskNetwork.side
    let values = 3 * side * side
    return Tensor(shape: [slots, 3, side, side]) { buffer in
      UnsafeMutableBufferPointer(rebasing: buffer[(crops.count * values)...]).update(repeating: 0)
      for (slot, crop) in crops.enumerated() {
        sampleCrop(
          from: crop.image, map: map(of: crop.pixels), width: side, height: side, border: .replicate, normalisation: normalisation,
          into: UnsafeMutableBufferPointer(rebasing: buffer[slot * values..<(slot + 1) * values]))
      }
    }
  }

  /// Returns the map from positions in the network's input to positions in the image.
  package static func map(of pixels: PixelRectangle) -> AffineMap {
    let step = SIMD2(Double(pixels.width), Double(pixels.height)) / Double(MultitaskNetwork.side)
    return AffineMap(
      a: step.x, b: 0, c: Double(pixels.x) + step.x / 2 - 0.5, d: 0, e: step.y, f: Double(pixels.y) + step.y / 2 - 0.5)
  }

  /// (value/255 − mean)/deviation with ImageNet's mean (0.485, 0.456, 0.406) and standard deviation (0.229, 0.224, 0.225).
  private static let normalisation = {
    let mean = SIMD3<Float>(0.485, 0.456, 0.406)
    let deviation = SIMD3<Float>(0.229, 0.224, 0.225)
    return PixelNormalisation(scale: 1 / (255 * deviation), bias: -mean / deviation, order: .rgb)
  }()
}
