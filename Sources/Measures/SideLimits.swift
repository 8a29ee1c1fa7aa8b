/// How much the two sides of healthy faces differ in one measure, and how clearly they must differ before a side is called weaker.
///
/// The provider of the measure states the limits, because they depend on how it measures. Limits on values are in the unit of the measure.
public struct SideLimits: Hashable, Sendable, Codable {
  /// The standard deviation, over healthy people, of the right side's movement minus the left side's, for small movements.
  public var spread: Float
  /// How much the standard deviation grows with the movement, as a share of the larger side's movement. It is added to `spread` in
  /// quadrature, as independent errors are.
  public var growth: Float
  /// The standard deviation, over healthy people, of how much right minus left changes per degree of yaw.
  public var perDegree: Float
  /// The smallest difference for which a side is called weaker, as a share of the larger side's movement.
  public var leastShare: Float
  /// A factor by which the difference that is needed to call a side weaker is multiplied. It is normally 1 for a measure that was tested on
  /// movements whose weaker side is known, and larger for other measures.
  public var caution: Float
  /// Whether a side can be weaker at all. The jaw, for instance, is one bone: both sides drop together.
  public var isJudged: Bool
  /// Whether the numbers were learnt from healthy people measured by this provider.
  public var isLearnt: Bool

  public init(
    spread: Float, growth: Float = 0.1, perDegree: Float = 0, leastShare: Float, caution: Float = 1, isJudged: Bool = true,
    isLearnt: Bool = true
  ) {
    self.spread = spread
    self.growth = growth
    self.perDegree = perDegree
    self.leastShare = leastShare
    self.caution = caution
    self.isJudged = isJudged
    self.isLearnt = isLearnt
  }

  /// The limits of a measure for which nothing was learnt.
  ///
  /// Relative to the scale, they are about as large as the limits of the Action Units whose sides differ most in healthy people.
  /// - Parameter highest: the largest value of the measure's scale.
  public static func unlearnt(highest: Float) -> SideLimits {
    SideLimits(spread: 0.12 * highest, leastShare: 0.5, caution: 2, isLearnt: false)
  }

  /// Returns the difference that 95 % of healthy people stay below in a movement of the given size.
  func healthyDifference(movement: Float) -> Float {
    Self.normal95 * (spread * spread + growth * growth * movement * movement).squareRoot()
  }

  /// Returns the difference that 95 % of healthy people stay below if the head turns by this many degrees.
  func turnedDifference(_ degrees: Float) -> Float { Self.normal95 * perDegree * degrees }

  /// The number of standard deviations on either side of the mean that contain 95 % of a normal distribution.
  static let normal95: Float = 1.96
}
