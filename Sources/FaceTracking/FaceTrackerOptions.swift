/// The options of a `FaceTracker`.
public struct FaceTrackerOptions: Hashable, Sendable {
  /// Whether to compute the 52 blendshapes for every frame.
  public var blendshapes: Bool

  public init(blendshapes: Bool = false) { self.blendshapes = blendshapes }
}
