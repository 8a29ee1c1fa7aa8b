import Foundation
public import Imaging
public import Inference

/// MediaPipe's face mesh: 478 points in a region that shows a face.
///
/// Source: MediaPipe v0.10.21, `face_landmarks_detector_graph.cc`; Grishchenko et al., "Attention Mesh" (2020).
public final class FaceMeshNetwork: Sendable {
  /// Samples on each side of the network's picture.
  static let side = 256
  private let session: InferenceSession
  private let input: String
  private let landmarks: String
  private let presence: String

  /// - Parameter session: input N×3×256×256 (RGB, 0…1), outputs of 1434 landmark coordinates, then one presence logit a face.
  /// - Throws: `FaceNetworkError` when the session holds another network.
  public init(session: InferenceSession) throws {
    self.session = session
    input = try session.soleInput([3, Self.side, Self.side], of: "the face mesh")
    landmarks = try session.output(ofCount: FaceMesh.pointCount * 3, of: "the face mesh")
    // The bundle's network has a second single value behind the presence, whether the tongue is out; it is not used.
    presence = try session.output(ofCount: 1, of: "the face mesh")
  }

  /// The meshes of several regions, in their order, whether a face is present or not; in one run where the network leaves the batch free.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  public func run(on crops: [(YUVImage, FaceRegion)]) throws -> [FaceMesh] {
    try session.inBatches(crops, run)
  }

  private func run(_ crops: ArraySlice<(YUVImage, FaceRegion)>, slots: Int) throws -> [FaceMesh] {
    let pictureSize = 3 * Self.side * Self.side
    let pictures = Tensor(shape: [slots, 3, Self.side, Self.side]) { buffer in
      UnsafeMutableBufferPointer(rebasing: buffer[(crops.count * pictureSize)...]).update(repeating: 0)
      for (index, (image, region)) in crops.enumerated() {
        let picture = UnsafeMutableBufferPointer(rebasing: buffer[index * pictureSize..<(index + 1) * pictureSize])
        sampleCrop(
          from: image, map: region.samplingMap(columns: Self.side, rows: Self.side), width: Self.side, height: Self.side,
          border: .replicate, normalisation: Self.normalisation, into: picture)
      }
    }
    let outputs = try session.run([(input, pictures)], outputs: [landmarks, presence])
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

  /// - Parameter values: 478 × (x, y, z) in samples of the 256×256 crop.
  package static func decode(
    _ values: UnsafeBufferPointer<Float>, presenceLogit: Float, region: FaceRegion, imageWidth: Int, imageHeight: Int
  ) -> FaceMesh {
    let side = Double(Self.side)
    // MediaPipe measures the region's horizontal side in normalised coordinates and scales depth by that.
    let depthScale = hypot(region.cosine, region.sine * Double(imageWidth) / Double(imageHeight))
    let map = region.samplingMap(columns: Self.side, rows: Self.side)
    let landmarks = (0..<FaceMesh.pointCount).map { k in
      let position = map.apply(SIMD2(Double(values[3 * k]), Double(values[3 * k + 1])))
      return SIMD3(position.x, position.y, Double(values[3 * k + 2]) / side * region.width * depthScale)
    }
    return FaceMesh(
      landmarks: landmarks, presence: 1 / (1 + exp(-Double(presenceLogit))), region: region, depthScale: depthScale)
  }

  /// x/255.
  private static let normalisation = PixelNormalisation(scale: SIMD3(repeating: 1 / 255), bias: .zero, order: .rgb)
}
