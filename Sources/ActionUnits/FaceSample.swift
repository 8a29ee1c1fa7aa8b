public import FaceNetworks
public import Imaging
public import Measures

/// An image in which Action Units are to be measured, and what is already known about the face in it.
public struct FaceSample: Sendable {
  public var image: YUVImage
  /// The landmarks of the face in this image; nil if they are unknown.
  public var mesh: FaceMesh?
  /// The place of the face in this image; nil if it is unknown. If both the region and the mesh are nil, engines search for the face.
  public var region: FaceRegion?
  /// Whether a tracker follows the face through the video. If so, and the mesh is nil, the tracker has not found the face that it follows
  /// in this image, so engines do not run MediaPipe's networks again.
  public var isTracked: Bool
  /// The time of the frame in seconds.
  public var timestamp: Double
  /// The eye aspect ratio in this image; nil if it cannot be known without running a network. It is known for mirrored images: they show
  /// one eye of the source twice, and the ratio of that eye is calculated from the mesh of the source (see `EyeAspectRatio`).
  public var eyeAspectRatio: Double?
  /// In a mirrored image, the mesh of the face in the source image, and the side of the face that the mirrored image keeps; nil in other
  /// images. On this side both images show the same, so their meshes should agree (see `MeshDisagreement`).
  public var source: (mesh: FaceMesh, side: FaceSide)?
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

/// The result of an engine's own search for the face in an image.
public enum FaceSearch: Hashable, Sendable {
  case notDone
  case noFace
  case found(RetinaFaceDetector.Detection)
}
