import CONNXRuntime

/// ONNX Runtime's function table, and the one place where the statuses of its calls are checked.
struct RuntimeTable: @unchecked Sendable {  // The table is constant and its functions may be called from any thread.
  let api: UnsafePointer<SFOrtApi>

  /// Throws if `status` is not nil, and frees it.
  /// - Parameters:
  ///   - code: the error's code, unless the status says that the model is at fault.
  ///   - action: what was being done, and to what. The error's message consists of it and ONNX Runtime's own message.
  func check(_ status: OpaquePointer?, _ code: InferenceError.Code, _ action: @autoclosure () -> String) throws(InferenceError) {
    guard let status else { return }
    defer { sf_ort_release_status(api, status) }
    let message = String(cString: sf_ort_get_error_message(api, status))
    let modelCodes: Set<Int> = [SF_ORT_NO_SUCH_FILE, SF_ORT_NO_MODEL, SF_ORT_INVALID_PROTOBUF, SF_ORT_INVALID_GRAPH]
    let isModel = modelCodes.contains(Int(sf_ort_get_error_code(api, status)))
    throw InferenceError(isModel ? .modelUnreadable : code, "\(action()): \(Self.oneLine(message))")
  }

  /// Calls a function of the table that creates an object, and returns the object.
  func make(
    _ code: InferenceError.Code, _ action: @autoclosure () -> String,
    _ call: (UnsafePointer<SFOrtApi>, UnsafeMutablePointer<OpaquePointer?>) -> OpaquePointer?
  ) throws(InferenceError) -> OpaquePointer {
    var object: OpaquePointer?
    try check(call(api, &object), code, action())
    guard let object else { throw InferenceError(.internalFailure, "\(action()): ONNX Runtime returned nothing") }
    return object
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
