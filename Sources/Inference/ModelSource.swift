#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Where a network's ONNX bytes are.
enum ModelSource: Sendable {
  case file(String)
  case bytes([UInt8])

  /// Throws when a file cannot be read, in the system's words: ONNX Runtime's differ by provider.
  func check(name: String) throws(InferenceError) {
    guard case .file(let path) = self else { return }
    guard let file = fopen(path, "rb") else {
      throw InferenceError(.modelUnreadable, "the network \(name) cannot be read from \(path): \(String(cString: strerror(errno)))")
    }
    defer { fclose(file) }
    var status = stat()
    if fstat(fileno(file), &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw InferenceError(.modelUnreadable, "the network \(name) cannot be read from \(path): it is a folder")
    }
  }
}
