import FaceNetworks

/// What an engine remembers of a face from one frame to the next. A new trail is empty.
public struct FaceTrail: Sendable {
  /// The number of frames so far in which the face was looked for.
  var length = 0
  /// The last box that the network gave; nil if it found no face the last time that it ran.
  var last: Sighting?
  /// The last place of the face that a sample gave, and its time in seconds.
  var given: (place: FacePlace, timestamp: Double)?
  /// The index of the last frame that was searched thoroughly, counted from the first frame of the trail.
  var lastThoroughSearch: Int?

  public init() {}
}

/// A box that the network gave, and the place of the face in that frame.
struct Sighting: Sendable {
  let detection: RetinaFaceDetector.Detection
  let place: FacePlace
  /// The index of the frame, counted from the first frame of the trail.
  let index: Int
  /// Whether the finder searched for the face, because the sample gave no place. Such a box is not moved to later frames, since there is no
  /// region to move it with.
  let wasSearched: Bool
}
