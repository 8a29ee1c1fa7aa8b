/// One number for each Action Unit; not-a-number where there is none.
public struct ActionUnitValues: Sendable {
  /// In `ActionUnit.allCases`' order.
  private var values: [Float]

  /// No value for any unit.
  public init() { values = [Float](repeating: .nan, count: ActionUnit.allCases.count) }

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
    zip(left.values, right.values).allSatisfy { $0 == $1 || ($0.isNaN && $1.isNaN) }
  }
}

extension ActionUnitValues: ExpressibleByDictionaryLiteral {
  public init(dictionaryLiteral elements: (ActionUnit, Float)...) {
    self.init()
    for (unit, value) in elements { self[unit] = value }
  }
}
