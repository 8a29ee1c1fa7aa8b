/// The direction of a person's gaze, as OpenFace 3.0's multitask network gives it, in radians.
public struct Gaze: Hashable, Sendable {
  public var yaw: Float
  public var pitch: Float

  public init(yaw: Float, pitch: Float) {
    self.yaw = yaw
    self.pitch = pitch
  }
}
