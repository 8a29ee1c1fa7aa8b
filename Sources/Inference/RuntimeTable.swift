import CONNXRuntime

/// ONNX Runtime's function table with the one place where its statuses are looked at.
struct RuntimeTable: @unchecked Sendable {  // The table is constant and its functions may be called from any thread.
  let api: UnsafePointer<SFOrtApi>

  /// Throws if `status` is one, and frees it.
  /// - Parameters:
  ///   - code: the failure's kind, unless the status says that the model is to blame.
  ///   - action: what was being done, and with what; the library's own words come behind.
  func check(_ status: OpaquePointer?, _ code: InferenceError.Code, _ action: @autoclosure () -> String) throws(InferenceError) {
    guard let status else { return }
    defer { sf_ort_release_status(api, status) }
    let words = String(cString: sf_ort_get_error_message(api, status))
    let modelIsToBlame: Set<Int> = [SF_ORT_NO_SUCH_FILE, SF_ORT_NO_MODEL, SF_ORT_INVALID_PROTOBUF, SF_ORT_INVALID_GRAPH]
    let isModel = modelIsToBlame.contains(Int(sf_ort_get_error_code(api, status)))
    throw InferenceError(isModel ? .modelUnreadable : code, "\(action()): \(Self.oneLine(words))")
  }

  /// Calls a slot that hands out an object, and answers the object.
  func make(
    _ code: InferenceError.Code, _ action: @autoclosure () -> String,
    _ call: (UnsafePointer<SFOrtApi>, UnsafeMutablePointer<OpaquePointer?>) -> OpaquePointer?
  ) throws(InferenceError) -> OpaquePointer {
    var object: OpaquePointer?
    try check(call(api, &object), code, action())
    guard let object else { throw InferenceError(.internalFailure, "\(action()): ONNX Runtime answered nothing") }
    return object
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
