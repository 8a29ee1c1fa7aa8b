/// Where a person looks, as OpenFace 3.0's multitask network gives it: radians.
public struct Gaze: Hashable, Sendable {
  public var yaw: Float
  public var pitch: Float

  public init(yaw: Float, pitch: Float) {
    self.yaw = yaw
    self.pitch = pitch
  }
}
