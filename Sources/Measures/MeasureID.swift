/// A quantity that is measured on each side of a face, such as an Action Unit or a distance.
///
/// The provider of a measure describes it completely, so that tables, summaries, findings and pages need no other knowledge of it.
public struct MeasureID: Hashable, Sendable, Codable {
  /// The first part of the measure's column names, such as `AU12`. Names are unique among the measures of a clip.
  public var name: String
  /// The name for readers, such as `Lip corner puller`.
  public var title: String
  /// What the values are, such as `intensity` or `distance`.
  public var quantity: String
  /// The unit of the values, such as `mm`; nil for values on a scale of their own.
  public var unit: String?
  /// The least value, which means "not at all".
  public var lowest: Float
  /// The largest value of the scale.
  public var highest: Float
  /// Where the values come from, in words; nil if the provider has no values of this measure.
  public var origin: String?
  /// What a reader must know before relying on the values; empty if there is nothing.
  public var caveat: String
  /// The limits for calling a side weaker; nil if the provider has learnt none.
  public var limits: SideLimits?
  /// Whether the value of a face at rest is about 0. This is not so for the height of the brows, for instance, which differs between people
  /// and varies with the light. If false, the value is not used to tell how active a face is, and its median is taken as its value at rest
  /// if the median is lower than its mean over the neutral frames.
  public var isZeroAtRest: Bool
  /// The areas of the face that must be visible for the values to mean anything.
  public var areas: Set<FaceArea>

  public init(
    name: String, title: String, quantity: String, unit: String? = nil, lowest: Float = 0, highest: Float, origin: String?,
    caveat: String = "", limits: SideLimits? = nil, isZeroAtRest: Bool = true, areas: Set<FaceArea> = []
  ) {
    self.name = name
    self.title = title
    self.quantity = quantity
    self.unit = unit
    self.lowest = lowest
    self.highest = highest
    self.origin = origin
    self.caveat = caveat
    self.limits = limits
    self.isZeroAtRest = isZeroAtRest
    self.areas = areas
  }

  /// The limits to use: the provider's own or, if it has none, cautious ones.
  public var sideLimits: SideLimits { limits ?? .unlearnt(highest: highest) }

  /// The scale in words, such as `0 to 5`.
  public var scale: String { "\(DecimalText.text(Double(lowest), decimals: 0)) to \(DecimalText.text(Double(highest), decimals: 0))" }

  /// Whether the provider has values of this measure.
  public var isProvided: Bool { origin != nil }
}

/// The measures of one provider, in the order of their columns.
public struct MeasureSet: Hashable, Sendable, Codable {
  /// The provider's name, such as `mediapipe`.
  public var provider: String
  /// All measures that have columns, including those without values.
  public var measures: [MeasureID]
  /// What a reader must know about the provider's values as a whole.
  public var caveat: String

  public init(provider: String, measures: [MeasureID], caveat: String) {
    self.provider = provider
    self.measures = measures
    self.caveat = caveat
  }

  /// The set of a job that measures nothing.
  public static let none = MeasureSet(provider: "", measures: [], caveat: "")
}
