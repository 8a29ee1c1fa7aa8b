public import FaceNetworks

/// The result of tracking in one frame.
public struct TrackedFace: Hashable, Sendable {
  /// The mesh as the network gives it; `nil` if no face was found.
  public var mesh: FaceMesh?
  /// The mesh with its landmarks smoothed as in MediaPipe's video mode (One Euro filter; the first frame of a track is unchanged).
  /// `presence` and `region` are copied from the unsmoothed mesh.
  public var smoothed: FaceMesh?
  /// The 52 blendshapes' coefficients, computed from the smoothed landmarks, in the order of `BlendshapeNetwork.names`. `nil` without a face
  /// or if not requested.
  public var blendshapes: [Float]?
  public var pose: HeadPose?
  public var quality: FaceQuality?
  /// How many times a face has been found anew since the start of the video. In frames with the same number, the face was followed without
  /// a break.
  public var track: Int
  /// Whether the detector ran on this frame.
  public var searched: Bool

  /// Creates a result without a face.
  public init(track: Int = 0, searched: Bool = false) {
    self.track = track
    self.searched = searched
  }
}
