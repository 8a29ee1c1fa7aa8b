/// An area of the face that something in front of it, such as a hand, a mask or glasses, can cover.
public enum FaceArea: String, Sendable, Hashable, Codable, CaseIterable {
  /// The eyes and the brows.
  case eyes
  /// The mouth, the chin and the sides of the nose.
  case mouth
}

/// The halves of the areas of a face that something in front of it covers.
public struct FaceCover: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let rightEye = FaceCover(rawValue: 1)
  public static let leftEye = FaceCover(rawValue: 2)
  public static let rightMouth = FaceCover(rawValue: 4)
  public static let leftMouth = FaceCover(rawValue: 8)

  /// The number of different halves of areas.
  static let count = 4

  /// Returns one half of an area.
  public static func half(_ side: FaceSide, of area: FaceArea) -> FaceCover {
    switch (area, side) {
    case (.eyes, .right): rightEye
    case (.eyes, .left): leftEye
    case (.mouth, .right): rightMouth
    case (.mouth, .left): leftMouth
    }
  }

  /// Returns both halves of the given areas. If one of these halves is covered, the sides cannot be compared.
  public static func both(of areas: Set<FaceArea>) -> FaceCover {
    FaceCover(areas.flatMap { area in FaceSide.allCases.map { half($0, of: area) } })
  }
}
