public import Measures

extension ActionUnit {
  /// Returns the measure for this Action Unit.
  /// - Parameters:
  ///   - highest: the largest value on the engine's scale.
  ///   - origin: a description of the network or formula that the values come from; nil if the engine does not provide the Action Unit.
  ///   - caveat: limits of the values that the reader must know about.
  ///   - limits: the limits from which a side is called weaker; nil if none were learnt.
  ///   - isZeroAtRest: whether the value of a face at rest is about 0.
  func measure(highest: Float, origin: String?, caveat: String, limits: SideLimits? = nil, isZeroAtRest: Bool = true) -> MeasureID {
    MeasureID(
      name: columnName, title: facsName, quantity: "intensity", highest: highest, origin: origin, caveat: origin == nil ? "" : caveat,
      limits: limits, isZeroAtRest: isZeroAtRest, areas: areas)
  }
}

extension SummaryTable.Naming {
  /// The names and descriptions of the first two columns in a summary of Action Units.
  public static let actionUnits = SummaryTable.Naming(
    name: "au", meaning: "Action Unit.", format: "AU[0-9]{2}", titleMeaning: "Name of the Action Unit in the Facial Action Coding System.")
}

/// A caveat about the values of all engines.
enum EngineCaveat {
  static let mirrored = "The networks were trained on whole faces as they are, not on mirrored halves."
}
