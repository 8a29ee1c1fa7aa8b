public import Imaging
public import Inference

/// STAR, the landmark network of OpenFace 3.0: the 98 landmarks of the WFLW data set, which include the contours of the eyes.
///
/// Source: Zhou et al., "STAR Loss: Reducing Semantic Ambiguity in Facial Landmark Detection" (CVPR 2023), in the form that OpenFace 3.0
/// publishes. Input: BGR, 256×256, −1…1.
public final class StarLandmarker: Sendable {
  public static let pointCount = 98
  /// The number of columns and of rows of the network's input.
  public static let side = 256
  /// The side of the crop relative to the shorter side of the face's box.
  private static let margin = 1.05

  private let session: InferenceSession
  private let input: String
  private let output: String

  /// Creates the landmarker.
  /// - Parameter session: a session with an input of N×3×256×256 and an output of N×98×2.
  /// - Throws: `FaceNetworkError` if the model does not have this input and output.
  public init(session: InferenceSession) throws {
    self.session = session
    input = try session.soleInput([3, Self.side, Self.side], of: "STAR")
    output = try session.output(ofCount: Self.pointCount * 2, of: "STAR")
  }

  /// Finds the landmarks of several faces, in one run if the network's batch size is variable.
  /// - Parameter faces: images, and the box of the face in each.
  /// - Returns: 98 points per face, in pixels of the image. The faces are in the given order.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  public func run(on faces: [(image: YUVImage, box: FaceBox)]) throws -> [[SIMD2<Double>]] {
    try session.inBatches(faces, run)
  }

  private func run(_ faces: ArraySlice<(image: YUVImage, box: FaceBox)>, slots: Int) throws -> [[SIMD2<Double>]] {
    let maps = faces.map { Self.map(of: $0.box) }
    let values = 3 * Self.side * Self.side
    let tensor = Tensor(shape: [slots, 3, Self.side, Self.side]) { buffer in
      // Slots without a face are zero.
      UnsafeMutableBufferPointer(rebasing: buffer[(faces.count * values)...]).update(repeating: 0)
      for (index, face) in faces.enumerated() {
        sampleCrop(
          from: face.image, map: maps[index], width: Self.side, height: Self.side, border: .constant(0),
          normalisation: Self.normalisation, into: UnsafeMutableBufferPointer(rebasing: buffer[index * values..<(index + 1) * values]))
      }
    }
    let points = try session.run([(input, tensor)], outputs: [output])[0]
      .holding(slots * Self.pointCount * 2, from: session.name).scalars
    return maps.indices.map { face in
      (0..<Self.pointCount).map { point in
        let index = (face * Self.pointCount + point) * 2
        return maps[face].apply((SIMD2(Double(points[index]), Double(points[index + 1])) + 1) / 2 * Double(Self.side - 1))
      }
    }
  }

  /// Returns the map from positions in the network's input to positions in the image, where the input covers a square around the centre of
  /// the box. As in the original, the edges of the box are truncated to whole numbers, which are then treated as pixel centres.
  package static func map(of box: FaceBox) -> AffineMap {
    let low = SIMD2((box.minX + 0.5).rounded(.towardZero), (box.minY + 0.5).rounded(.towardZero))
    let high = SIMD2((box.maxX + 0.5).rounded(.towardZero), (box.maxY + 0.5).rounded(.towardZero))
    let step = max(min(high.x - low.x, high.y - low.y), 1) * margin / Double(side)
    let start = (low + high) / 2 - step * Double(side - 1) / 2
    return AffineMap(a: step, b: 0, c: start.x, d: 0, e: step, f: start.y)
  }

  /// Maps bytes to −1…1: x/127.5 − 1.
  private static let normalisation = PixelNormalisation(
    scale: SIMD3(repeating: 1 / 127.5), bias: SIMD3(repeating: -1), order: .bgr)
}
