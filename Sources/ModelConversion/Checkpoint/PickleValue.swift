/// A value in the pickle of a state dictionary.
///
/// Tuples, lists and dictionaries are indices into `PickleContainers`. Therefore a pickle that nests a million lists, or puts a list into
/// itself, causes neither recursion nor a retain cycle.
package enum PickleValue: Sendable {
  case none
  case bool(Bool)
  case int(Int)
  /// An integer of more than 64 bits, as the bytes in the pickle: two's complement, little-endian.
  case bigInteger([UInt8])
  case float(Double)
  case string(String)
  case tuple(Int)
  case list(Int)
  case dictionary(Int)
  case global(PickleGlobal)
  case storage(StorageReference)
  case tensor(TensorReference)

  /// The kind of value, with an article, for error messages.
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
