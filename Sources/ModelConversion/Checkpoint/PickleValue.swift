/// What a pickle of a state dictionary can hold.
///
/// Containers are numbers into `PickleContainers`, so that a pickle that nests a million lists, or puts a list into itself,
/// costs no recursion and leaks nothing.
package enum PickleValue: Sendable {
  case none
  case bool(Bool)
  case int(Int)
  /// An integer that does not fit into 64 bits, as the pickle has it: two's complement, little-endian.
  case bigInteger([UInt8])
  case float(Double)
  case string(String)
  case tuple(Int)
  case list(Int)
  case dictionary(Int)
  case global(PickleGlobal)
  case storage(StorageReference)
  case tensor(TensorReference)

  /// For messages.
  var kind: String {
    switch self {
    case .none: "None"
    case .bool: "a truth value"
    case .int, .bigInteger: "an integer"
    case .float: "a number"
    case .string: "a string"
    case .tuple: "a tuple"
    case .list: "a list"
    case .dictionary: "a dictionary"
    case .global(let global): "the global \(global)"
    case .storage: "a storage"
    case .tensor: "a tensor"
    }
  }
}

/// The elements of a pickle's tuples, lists and dictionaries (a dictionary's are key, value, key, value …).
package struct PickleContainers: Sendable {
  private var elements: [[PickleValue]] = [[]]

  /// The number of the empty tuple, of which there is only one.
  static let empty = 0

  subscript(index: Int) -> [PickleValue] { elements[index] }

  mutating func add(_ values: [PickleValue]) -> Int {
    elements.append(values)
    return elements.count - 1
  }

  mutating func append(_ values: [PickleValue], to index: Int) { elements[index] += values }

  /// The value of a key of a dictionary; as in Python the last one counts.
  func value(of key: String, in dictionary: Int) -> PickleValue? {
    let pairs = elements[dictionary]
    for index in stride(from: pairs.count - 2, through: 0, by: -2) {
      if case .string(key) = pairs[index] { return pairs[index + 1] }
    }
    return nil
  }
}

/// A storage that a pickle refers to; its numbers lie elsewhere in the file.
package struct StorageReference: Hashable, Sendable {
  package let key: String
  package let type: ScalarType
  /// How many numbers it has, as the pickle says.
  package let count: Int
}

/// A tensor as the pickle describes it; nothing about it has been checked against the file.
package struct TensorReference: Hashable, Sendable {
  package let storage: StorageReference
  /// Numbers before the first one.
  package let offset: Int
  package let shape: [Int]
  /// In numbers.
  package let strides: [Int]
}
