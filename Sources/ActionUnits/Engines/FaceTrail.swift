import FaceNetworks

/// What an engine remembers of a face from one frame to the next. A new one knows nothing.
public struct FaceTrail: Sendable {
  /// Frames so far.
  var length = 0
  /// The box that the network gave in the frame before, or in one before that and since then followed; nil where it saw no face.
  var last: Sighting?
  /// Where and when (seconds) the face was, as somebody last said who follows it.
  var given: (place: FacePlace, timestamp: Double)?
  /// The frame's number on the trail when the whole frame was searched thoroughly last.
  var lastThoroughSearch: Int?

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
}
