/// The elements of a pickle's tuples, lists and dictionaries. A dictionary is stored as key, value, key, value …
package struct PickleContainers: Sendable {
  private var elements: [[PickleValue]] = [[]]

  /// The index of the empty tuple, which is stored only once.
  static let empty = 0

  subscript(index: Int) -> [PickleValue] { elements[index] }

  mutating func add(_ values: [PickleValue]) -> Int {
    elements.append(values)
    return elements.count - 1
  }

  mutating func append(_ values: [PickleValue], to index: Int) { elements[index] += values }

  /// Returns the value of a key in a dictionary. If the key occurs several times, the last value counts, as in Python.
  func value(of key: String, in dictionary: Int) -> PickleValue? {
    let pairs = elements[dictionary]
    for index in stride(from: pairs.count - 2, through: 0, by: -2) {
      if case .string(key) = pairs[index] { return pairs[index + 1] }
    }
    return nil
  }
}
