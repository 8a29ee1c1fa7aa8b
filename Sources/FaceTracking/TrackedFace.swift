public import FaceNetworks

/// What the tracker found in one picture.
public struct TrackedFace: Hashable, Sendable {
  /// The mesh as the network gives it; `nil` when no face was found.
  public var mesh: FaceMesh?
  /// The same with its landmarks smoothed as MediaPipe's video mode smooths them (One Euro filter; the first picture's are
  /// as they are). `presence` and `region` are the unsmoothed mesh's.
  public var smoothed: FaceMesh?
  /// 52 coefficients from the smoothed landmarks, named by `BlendshapeNetwork.names`; `nil` without a face or when not asked
  /// for.
  public var blendshapes: [Float]?
  public var pose: HeadPose?
  public var quality: FaceQuality?
  /// Counts how often a face was found anew: pictures of one number were followed without a break.
  public var track: Int
  /// Whether the detector ran on this picture.
  public var searched: Bool

  /// No face.
  public init(track: Int = 0, searched: Bool = false) {
    self.track = track
    self.searched = searched
  }
}
