public import FaceNetworks
public import Imaging

/// A picture in which Action Units are to be measured, and what is known of the face in it.
public struct FaceSample: Sendable {
  public var image: YUVImage
  /// The landmarks in this very image, where they are known.
  public var mesh: FaceMesh?
  /// Where the face is in this image, where that is known. Without this and without a mesh, engines look for the face themselves.
  public var region: FaceRegion?
  /// Whether the face is followed through the video by means of its mesh: where there is none then, MediaPipe's networks see no face here, or
  /// one that is not the video's, and are not asked once more.
  public var isTracked: Bool
  /// Seconds.
  public var timestamp: Double
  /// The eye aspect ratio of the eye in this image, where it is known without running a network: a mirrored picture shows one eye of
  /// the source twice, and the source's mesh has measured it. See `EyeAspectRatio`.
  public var eyeAspectRatio: Double?
  /// What an engine's own search for the face in this image came to; see `ActionUnitEngine.locate`.
  public internal(set) var search = FaceSearch.notDone

  public init(
    image: YUVImage, mesh: FaceMesh? = nil, region: FaceRegion? = nil, isTracked: Bool = false, timestamp: Double,
    eyeAspectRatio: Double? = nil
  ) {
    self.image = image
    self.mesh = mesh
    self.region = region
    self.isTracked = isTracked
    self.timestamp = timestamp
    self.eyeAspectRatio = eyeAspectRatio
  }
}

/// What an engine's own search for a face came to.
public enum FaceSearch: Hashable, Sendable {
  case notDone
  case noFace
  case found(RetinaFaceDetector.Detection)
}
