/// A group of additional columns that an engine may provide. In the table they come after OpenFace's columns.
public enum ExtraColumn: String, CaseIterable, Hashable, Sendable, Codable {
  /// `emotion_neutral … emotion_contempt`: the network's scores for eight emotions.
  case emotion
  /// `gaze_yaw,gaze_pitch`: the direction of the gaze, in radians.
  case gaze
}
