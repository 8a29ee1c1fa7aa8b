/// What is made of a video.
public enum JobKind: String, Sendable, Codable, Hashable, CaseIterable {
  /// Both mirrored videos, the overlay, and the Action Units of both sides.
  case process
  /// Both mirrored videos and the overlay.
  case mirror
  /// The Action Units of the unmirrored face: in each frame, those of the face that the tracker follows, as in the other jobs.
  ///
  /// In a frame where the tracker has no face, the engine `mediapipe` has none either. `openface3` and `hybrid` search with RetinaFace,
  /// which also detects faces that the mesh does not fit. For one second after the face was lost they search only around its last place,
  /// because a face elsewhere may belong to another person; after that, and in a video in which no face was followed yet, they take the
  /// largest face of the whole frame.
  case extract

  /// Whether the job writes mirrored videos.
  public var mirrors: Bool { self != .extract }
  /// Whether the job measures Action Units.
  public var measures: Bool { self != .mirror }
}
