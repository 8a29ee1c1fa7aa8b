/// What the two sides of healthy faces differ by in one measure, and how clearly they must differ before a side is called weaker.
///
/// The provider of a measure states them, because they depend on how it measures. They are in the unit of the measure's values.
public struct SideLimits: Hashable, Sendable, Codable {
  /// The standard deviation, over healthy people, of the right side's movement less the left side's, for small movements.
  public var spread: Float
  /// The part of the larger movement that adds to the spread (as independent errors add).
  public var growth: Float
  /// The least difference, as a share of the larger movement, for which a side is called weaker.
  public var leastShare: Float
  /// The factor on the limit, 1 where findings of the measure were compared with known truth, more where they were not.
  public var caution: Float
  /// Whether a side can be weaker at all. The jaw, for instance, is one bone: both sides drop together.
  public var isJudged: Bool
  /// Whether the numbers were learnt from healthy people measured by this provider.
  public var isLearnt: Bool

  public init(
    spread: Float, growth: Float = 0.1, leastShare: Float, caution: Float = 1, isJudged: Bool = true, isLearnt: Bool = true
  ) {
    self.spread = spread
    self.growth = growth
    self.leastShare = leastShare
    self.caution = caution
    self.isJudged = isJudged
    self.isLearnt = isLearnt
  }

  /// The limits of a measure for which nothing was learnt.
  ///
  /// As shares of the scale, they are those of the learnt units that differ most in healthy people.
  /// - Parameter highest: the largest value of the measure's scale.
  public static func unlearnt(highest: Float) -> SideLimits {
    SideLimits(spread: 0.12 * highest, leastShare: 0.5, caution: 2, isLearnt: false)
  }

  /// The difference that 95 % of healthy people stay below, in a movement of this size.
  func healthyDifference(movement: Float) -> Float {
    Self.normal95 * (spread * spread + growth * growth * movement * movement).squareRoot()
  }

  /// The number of standard deviations that contains 95 % of a normal distribution.
  static let normal95: Float = 1.96
}
