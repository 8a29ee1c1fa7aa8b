public import FaceNetworks

/// The face in one frame of a video, as the later stages use it.
public struct FaceObservation: Hashable, Sendable {
  public enum State: String, Hashable, Sendable, CaseIterable, Codable {
    /// The frame shows the face.
    case found
    /// The frame shows no face, but a recent frame did, and the midline of that frame is still used.
    case held
    /// The frame shows no face.
    case absent
  }

  public var state: State
  /// The landmarks, smoothed as in MediaPipe's video mode. Nil unless the state is `found`.
  public var mesh: FaceMesh?
  /// The landmarks as the network gives them. Nil unless the state is `found`.
  public var unsmoothedMesh: FaceMesh?
  /// The blendshapes' coefficients, in the order of `BlendshapeNetwork.names`. Nil unless the state is `found` and they were requested.
  public var blendshapes: [Float]?
  /// The midline, smoothed over a window centred on this frame. `nil` if `absent`.
  public var midline: Midline?
  /// The head's pose. Nil unless the state is `found`.
  public var pose: HeadPose?
  /// The quality, 0…1; 0 if there is no face. See `FaceQuality`.
  public var quality: Double
  public var grade: QualityGrade
  /// The factor that limits the quality. Nil unless the state is `found`.
  public var qualityLimit: FaceQuality.Factor?
  /// The network's confidence that there is a face, 0…1; 0 if there is none.
  public var confidence: Double

  public init(
    state: State, mesh: FaceMesh? = nil, unsmoothedMesh: FaceMesh? = nil, blendshapes: [Float]? = nil, midline: Midline? = nil,
    pose: HeadPose? = nil, quality: Double = 0, grade: QualityGrade = .poor, qualityLimit: FaceQuality.Factor? = nil,
    confidence: Double = 0
  ) {
    self.state = state
    self.mesh = mesh
    self.unsmoothedMesh = unsmoothedMesh
    self.blendshapes = blendshapes
    self.midline = midline
    self.pose = pose
    self.quality = quality
    self.grade = grade
    self.qualityLimit = qualityLimit
    self.confidence = confidence
  }

  /// A frame without a face.
  public static let absent = FaceObservation(state: .absent)
}
