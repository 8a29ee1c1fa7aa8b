/// A side of the face: the person's own right or left.
public enum FaceSide: String, Sendable, Hashable, Codable, CaseIterable {
  case right, left

  public var other: FaceSide { self == .right ? .left : .right }
}
