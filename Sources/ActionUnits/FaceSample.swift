public import FaceNetworks
public import Imaging

/// An image in which Action Units are to be measured, and what is known of the face in it.
public struct FaceSample: Sendable {
  public var image: YUVImage
  /// The landmarks of the face in this image, if they are known.
  public var mesh: FaceMesh?
  /// The place of the face in this image, if it is known. Without a region and a mesh, engines look for the face themselves.
  public var region: FaceRegion?
  /// Whether a tracker follows the face through the video. If such a sample has no mesh, the tracker has found no face in this image, or one
  /// that is not the face it follows, and MediaPipe's networks are not run again.
  public var isTracked: Bool
  /// The time of the frame in seconds.
  public var timestamp: Double
  /// The eye aspect ratio in this image, if it is known without running a network. A mirrored image shows one eye of the source twice, and
  /// its ratio is calculated from the source's mesh; see `EyeAspectRatio`.
  public var eyeAspectRatio: Double?
  /// The result of an engine's own search for the face in this image; see `ActionUnitEngine.locate`.
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

/// The result of an engine's own search for a face.
public enum FaceSearch: Hashable, Sendable {
  case notDone
  case noFace
  case found(RetinaFaceDetector.Detection)
}
