/// One number for each Action Unit; not-a-number where there is none.
public struct ActionUnitValues: Sendable {
  /// In `ActionUnit.allCases`' order. Inline, since a clip's readings are kept to its end: small blocks of their own, between the
  /// large ones that come and go with each frame, would keep the heap from ever reusing those.
  private var values = SIMD32<Float>(repeating: .nan)

  /// No value for any unit.
  public init() {}

  public subscript(unit: ActionUnit) -> Float {
    get { values[unit.position] }
    set { values[unit.position] = newValue }
  }

  /// The units that have a value.
  public var provided: [ActionUnit] { ActionUnit.allCases.filter { !self[$0].isNaN } }
}

extension ActionUnitValues: Equatable {
  /// Two absent values are equal, unlike two not-a-numbers.
  public static func == (left: ActionUnitValues, right: ActionUnitValues) -> Bool {
    ActionUnit.allCases.allSatisfy { left[$0] == right[$0] || (left[$0].isNaN && right[$0].isNaN) }
  }
}

extension ActionUnitValues: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (ActionUnit, Float)...) {
    self.init()
    for (unit, value) in elements { self[unit] = value }
  }
}
