public import Measures

extension ActionUnit {
  /// The unit as a measure.
  /// - Parameters:
  ///   - highest: the largest value on the engine's scale.
  ///   - origin: where the engine takes the values from, in words; nil if it does not provide the unit.
  ///   - limits: when a side is called weaker; nil if nothing was learnt about it.
  ///   - isZeroAtRest: whether the value of a face at rest is about 0.
  func measure(highest: Float, origin: String?, caveat: String, limits: SideLimits? = nil, isZeroAtRest: Bool = true) -> MeasureID {
    MeasureID(
      name: columnName, title: facsName, quantity: "intensity", highest: highest, origin: origin, caveat: origin == nil ? "" : caveat,
      limits: limits, isZeroAtRest: isZeroAtRest)
  }
}

extension SummaryTable.Naming {
  /// The first columns of a summary of Action Units.
  public static let actionUnits = SummaryTable.Naming(
    name: "au", meaning: "Action Unit.", format: "AU[0-9]{2}", titleMeaning: "Its name in the Facial Action Coding System.")
}

/// What a reader must know about every engine's values.
enum EngineCaveat {
  static let mirrored = "The networks were trained on whole faces as they are, not on mirrored halves."
}
