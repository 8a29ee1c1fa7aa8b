public import Inference

/// The three networks of MediaPipe's Face Landmarker.
public struct FaceLandmarkerNetworks: Sendable {
  public let detector: FaceDetector
  public let mesh: FaceMeshNetwork
  public let blendshapes: BlendshapeNetwork

  public init(detector: FaceDetector, mesh: FaceMeshNetwork, blendshapes: BlendshapeNetwork) {
    self.detector = detector
    self.mesh = mesh
    self.blendshapes = blendshapes
  }

  /// Creates the networks from their sessions.
  ///
  /// - Throws: `FaceNetworkError` if a session runs another network.
  public init(detector: InferenceSession, mesh: InferenceSession, blendshapes: InferenceSession) throws {
    self.init(
      detector: try FaceDetector(session: detector), mesh: try FaceMeshNetwork(session: mesh),
      blendshapes: try BlendshapeNetwork(session: blendshapes))
  }
}
