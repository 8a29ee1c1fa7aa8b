#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The place of a network's ONNX bytes.
enum ModelSource: Sendable {
  case file(String)
  case bytes([UInt8])

  /// Checks that the model can be read and is not empty; if not, the error contains the system's own message. ONNX Runtime's messages
  /// differ between providers, and it reports an empty model as a failure of the provider.
  /// - Throws: `modelUnreadable`.
  func check(name: String) throws(InferenceError) {
    switch self {
    case .bytes(let bytes):
      if bytes.isEmpty { throw InferenceError(.modelUnreadable, "the network \(name) is empty") }
    case .file(let path):
      let failure = "the network \(name) cannot be read from \(path)"
      guard let file = fopen(path, "rb") else {
        throw InferenceError(.modelUnreadable, "\(failure): \(String(cString: strerror(errno)))")
      }
      defer { fclose(file) }
      var status = stat()
      guard fstat(fileno(file), &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        throw InferenceError(.modelUnreadable, "\(failure): it is not a file")
      }
      if status.st_size == 0 { throw InferenceError(.modelUnreadable, "\(failure): it is empty") }
    }
  }
}
