/// Owns C copies of strings, as the array of pointers that C functions take.
final class CStrings: @unchecked Sendable {  // Not written to after `init`.
  /// One pointer per string, followed by a null pointer. Valid as long as this object exists.
  let array: UnsafeMutablePointer<UnsafePointer<CChar>?>
  private let count: Int

  init(_ strings: [String]) {
    count = strings.count
    array = .allocate(capacity: count + 1)
    array.initialize(repeating: nil, count: count + 1)
    for (index, string) in strings.enumerated() {
      let bytes = string.utf8CString
      let copy = UnsafeMutableBufferPointer<CChar>.allocate(capacity: bytes.count)
      _ = copy.initialize(from: bytes)
      array[index] = UnsafePointer(copy.baseAddress)
    }
  }

  deinit {
    for index in 0..<count { array[index]?.deallocate() }
    array.deallocate()
  }
}

/// Calls `body` with C copies of the keys and of their values, in the same order. The pointers are valid only inside `body`.
func withCStrings<R>(
  _ strings: [String: String], _ body: (UnsafePointer<UnsafePointer<CChar>?>, UnsafePointer<UnsafePointer<CChar>?>) -> R
) -> R {
  let sorted = strings.sorted { $0.key < $1.key }
  let (keys, values) = (CStrings(sorted.map(\.key)), CStrings(sorted.map(\.value)))
  return withExtendedLifetime((keys, values)) { body(UnsafePointer(keys.array), UnsafePointer(values.array)) }
}
