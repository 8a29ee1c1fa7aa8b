/// A value for each Action Unit; not-a-number for those without a value.
public struct ActionUnitValues: Sendable {
  /// The values in the order of `ActionUnit.allCases`, which is also the order of an engine's measures.
  public private(set) var inOrder = [Float](repeating: .nan, count: ActionUnit.allCases.count)

  /// Creates values that are all not-a-number.
  public init() {}

  public subscript(unit: ActionUnit) -> Float {
    get { inOrder[unit.position] }
    set { inOrder[unit.position] = newValue }
  }

  /// The Action Units that have a value.
  public var provided: [ActionUnit] { ActionUnit.allCases.filter { !self[$0].isNaN } }
}

extension ActionUnitValues: Equatable {
  /// Two missing values count as equal, although not-a-number is not equal to itself.
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
