/// The kind of job: which outputs are made from a video.
public enum JobKind: String, Sendable, Codable, Hashable, CaseIterable {
  /// Both mirrored videos, the overlay, and the Action Units of both sides.
  case process
  /// Both mirrored videos and the overlay.
  case mirror
  /// The Action Units of the unmirrored face. In each frame this is the face that the tracker follows, as in the other jobs.
  ///
  /// If the tracker has found no face in a frame, the engine `mediapipe` measures nothing. The engines `openface3` and `hybrid` search for
  /// a face with RetinaFace, which also detects faces that the mesh does not fit. For one second after the face was lost, they search only
  /// around its last place, because a face elsewhere may belong to another person. After that, or if no face has been followed yet, they
  /// use the largest face in the whole frame.
  case extract

  /// Whether the job writes mirrored videos.
  public var mirrors: Bool { self != .extract }
  /// Whether the job measures Action Units.
  public var measures: Bool { self != .mirror }
}
