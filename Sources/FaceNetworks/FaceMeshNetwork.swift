import Foundation
public import Imaging
public import Inference

/// MediaPipe's face mesh network: 478 landmarks in a region that shows a face.
///
/// Source: MediaPipe v0.10.21, `face_landmarks_detector_graph.cc`; Grishchenko et al., "Attention Mesh" (2020).
public final class FaceMeshNetwork: Sendable {
  /// The number of columns and of rows of the network's input.
  static let side = 256
  private let session: InferenceSession
  private let input: String
  private let landmarks: String
  private let presence: String

  /// Creates the network.
  /// - Parameter session: a session with an input of N×3×256×256 (RGB, 0…1), an output of 1434 landmark coordinates per face, and an output
  ///   of one presence logit per face.
  /// - Throws: `FaceNetworkError` if the session runs another network.
  public init(session: InferenceSession) throws {
    self.session = session
    input = try session.soleInput([3, Self.side, Self.side], of: "the face mesh")
    landmarks = try session.output(ofCount: FaceMesh.pointCount * 3, of: "the face mesh")
    // The network in MediaPipe's bundle has another output of one value after the presence: whether the tongue is out. It is not used.
    presence = try session.output(ofCount: 1, of: "the face mesh")
  }

  /// Computes the meshes of several regions, in one run if the network's batch size is variable.
  /// - Returns: one mesh per region, in the same order, regardless of whether a face is present.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  public func run(on crops: [(YUVImage, FaceRegion)]) throws -> [FaceMesh] {
    try session.inBatches(crops, run)
  }

  private func run(_ crops: ArraySlice<(YUVImage, FaceRegion)>, slots: Int) throws -> [FaceMesh] {
    let values = 3 * Self.side * Self.side
    let samples = Tensor(shape: [slots, 3, Self.side, Self.side]) { buffer in
      UnsafeMutableBufferPointer(rebasing: buffer[(crops.count * values)...]).update(repeating: 0)
      for (index, (image, region)) in crops.enumerated() {
        sampleCrop(
          from: image, map: region.samplingMap(columns: Self.side, rows: Self.side), width: Self.side, height: Self.side,
          border: .replicate, normalisation: Self.normalisation,
          into: UnsafeMutableBufferPointer(rebasing: buffer[index * values..<(index + 1) * values]))
      }
    }
    let outputs = try session.run([(input, samples)], outputs: [landmarks, presence])
    let landmarks = try outputs[0].holding(slots * FaceMesh.pointCount * 3, from: session.name)
    let presences = try outputs[1].holding(slots, from: session.name).scalars
    return landmarks.withUnsafeBufferPointer { values in
      crops.enumerated().map { index, crop in
        let size = FaceMesh.pointCount * 3
        return Self.decode(
          UnsafeBufferPointer(rebasing: values[index * size..<(index + 1) * size]), presenceLogit: presences[index],
          region: crop.1, imageWidth: crop.0.width, imageHeight: crop.0.height)
      }
    }
  }

  /// Decodes the network's outputs for one region.
  /// - Parameter values: 478 × (x, y, z) in samples of the 256×256 crop.
  package static func decode(
    _ values: UnsafeBufferPointer<Float>, presenceLogit: Float, region: FaceRegion, imageWidth: Int, imageHeight: Int
  ) -> FaceMesh {
    let side = Double(Self.side)
    // MediaPipe scales depth by the length of the region's horizontal side in normalised coordinates.
    let depthScale = hypot(region.cosine, region.sine * Double(imageWidth) / Double(imageHeight))
    let map = region.samplingMap(columns: Self.side, rows: Self.side)
    let landmarks = (0..<FaceMesh.pointCount).map { k in
      let position = map.apply(SIMD2(Double(values[3 * k]), Double(values[3 * k + 1])))
      return SIMD3(position.x, position.y, Double(values[3 * k + 2]) / side * region.width * depthScale)
    }
    return FaceMesh(
      landmarks: landmarks, presence: 1 / (1 + exp(-Double(presenceLogit))), region: region, depthScale: depthScale)
  }

  /// Maps bytes to 0…1: x/255.
  private static let normalisation = PixelNormalisation(scale: SIMD3(repeating: 1 / 255), bias: .zero, order: .rgb)
}
