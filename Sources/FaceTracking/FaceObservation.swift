public import FaceNetworks

/// A face in one frame of a video, as the later stages use it.
public struct FaceObservation: Hashable, Sendable {
  public enum State: String, Hashable, Sendable, CaseIterable, Codable {
    /// There is a face.
    case found
    /// There is none, but there was one a moment ago: its last midline still serves.
    case held
    /// There is none.
    case absent
  }

  public var state: State
  /// The landmarks as MediaPipe's video mode smooths them; only when `found`.
  public var mesh: FaceMesh?
  /// The landmarks as the network gives them; only when `found`.
  public var unsmoothedMesh: FaceMesh?
  /// Named by `BlendshapeNetwork.names`; only when `found` and asked for.
  public var blendshapes: [Float]?
  /// Smoothed over a window centred on this frame; `nil` when `absent`.
  public var midline: Midline?
  /// Only when `found`.
  public var pose: HeadPose?
  /// 0…1, 0 when there is no face. See `FaceQuality`.
  public var quality: Double
  public var grade: QualityGrade
  /// What limits the quality the most; only when `found`.
  public var qualityLimit: FaceQuality.Factor?
  /// The network's belief that there is a face, 0…1; 0 when there is none.
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
