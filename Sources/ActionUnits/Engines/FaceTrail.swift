import FaceNetworks

/// What an engine remembers of a face from one frame to the next. A new one knows nothing.
public struct FaceTrail: Sendable {
  /// Frames so far.
  var length = 0
  /// The box that the network gave last.
  var last: Sighting?
  /// When the whole frame was searched last.
  var lastSearch: Int?

  public init() {}
}

/// A box that the network gave, and where the face was then.
struct Sighting: Sendable {
  let detection: RetinaFaceDetector.Detection
  let place: FacePlace
  /// The frame's number on the trail.
  let index: Int
  /// Whether the network found the face itself, so that there is no region to follow.
  let wasSearched: Bool

  /// Where to look in the next frame when nobody says where the face is.
  var successor: FacePlace? { wasSearched ? place : nil }
}
