/// Which networks measure Action Units.
public enum EngineChoice: String, Sendable, Codable, Hashable, CaseIterable {
  /// OpenFace 3.0's networks if they are installed, otherwise MediaPipe's.
  case auto
  case mediapipe, openface3, hybrid
}

/// Which landmarks OpenFace 3.0's engine measures blinks (AU45) on.
public enum BlinkChoice: String, Sendable, Codable, Hashable, CaseIterable {
  /// STAR's landmarks if STAR runs on Core ML or CUDA, or if its file is one of the user's own; otherwise the face mesh's landmarks,
  /// because on a CPU, STAR takes longer than all other networks together.
  case auto
  /// STAR's landmarks, as in OpenFace 3.0.
  case star
  /// The face mesh's landmarks.
  case mesh
}

/// How a video is turned upright.
public enum OrientationChoice: String, Sendable, Codable, Hashable, CaseIterable {
  /// The video is turned by the file's display matrix, and then further if the face in a few frames would not be upright otherwise.
  case auto
  /// The video is turned by the file's display matrix only.
  case metadata
  /// The video is turned by this many degrees clockwise, regardless of the file's display matrix.
  case turned0 = "0"
  case turned90 = "90"
  case turned180 = "180"
  case turned270 = "270"
}

/// What happens to the source's audio.
public enum AudioChoice: String, Sendable, Codable, Hashable, CaseIterable {
  /// Copies the audio, or encodes it as AAC if an MP4 file cannot contain its format.
  case copy
  /// Leaves the audio out.
  case none
}

/// The quantity that libx264 keeps constant over a video. Other encoders ignore it.
public enum RateControlChoice: String, Sendable, Codable, Hashable, CaseIterable {
  /// The quantizer. A moving face is encoded with the same quality as a resting one, and encoding is faster than with `crf`.
  case quantizer
  /// The rate factor (CRF). Compared with `quantizer`, parts of the video with much movement get fewer bits, and parts with little movement
  /// get more.
  case crf
}
