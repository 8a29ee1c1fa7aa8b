/// A number for each Action Unit; not-a-number where there is none.
public struct ActionUnitValues: Sendable {
  /// The numbers in the order of `ActionUnit.allCases`, which is that of an engine's measures.
  public private(set) var inOrder = [Float](repeating: .nan, count: ActionUnit.allCases.count)

  /// No value for any unit.
  public init() {}

  public subscript(unit: ActionUnit) -> Float {
    get { inOrder[unit.position] }
    set { inOrder[unit.position] = newValue }
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
