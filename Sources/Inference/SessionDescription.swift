import CONNXRuntime

/// Reads the names, shapes and element types of a session's inputs and outputs.
struct SessionDescription {
  let runtime: InferenceRuntime
  let session: OpaquePointer
  let network: String

  private var table: RuntimeTable { runtime.table }
  private var action: String { "reading the inputs and outputs of \(network)" }

  func inputs() throws(InferenceError) -> [TensorDescription] {
    try list(count: sf_ort_get_input_count, name: sf_ort_get_input_name, type: sf_ort_get_input_type)
  }

  func outputs() throws(InferenceError) -> [TensorDescription] {
    try list(count: sf_ort_get_output_count, name: sf_ort_get_output_name, type: sf_ort_get_output_type)
  }

  private typealias Count = (UnsafePointer<SFOrtApi>, OpaquePointer, UnsafeMutablePointer<Int>) -> OpaquePointer?
  private typealias Name = (
    UnsafePointer<SFOrtApi>, OpaquePointer, Int, OpaquePointer, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>
  ) -> OpaquePointer?
  private typealias TypeInfo = (
    UnsafePointer<SFOrtApi>, OpaquePointer, Int, UnsafeMutablePointer<OpaquePointer?>
  ) -> OpaquePointer?

  private func list(count: Count, name: Name, type: TypeInfo) throws(InferenceError) -> [TensorDescription] {
    var number = 0
    try table.check(count(table.api, session, &number), .internalFailure, action)
    var list: [TensorDescription] = []
    for index in 0..<number {
      var bytes: UnsafeMutablePointer<CChar>?
      try table.check(name(table.api, session, index, runtime.allocator, &bytes), .internalFailure, action)
      guard let bytes else { continue }
      let text = String(cString: bytes)
      try table.check(sf_ort_allocator_free(table.api, runtime.allocator, bytes), .internalFailure, action)
      let info = try table.make(.internalFailure, action) { type($0, session, index, $1) }
      defer { sf_ort_release_type_info(table.api, info) }
      list.append(try describe(info, name: text))
    }
    return list
  }

  private func describe(_ type: OpaquePointer, name: String) throws(InferenceError) -> TensorDescription {
    // Owned by `type`; null for sequences, maps and optionals.
    var info: OpaquePointer?
    try table.check(sf_ort_cast_type_to_tensor_info(table.api, type, &info), .internalFailure, action)
    guard let info else { return TensorDescription(name: name, shape: [], elementType: .other(0)) }
    let (elementType, shape) = try table.describe(info, action)
    return TensorDescription(name: name, shape: shape, elementType: elementType)
  }
}

extension RuntimeTable {
  /// Returns the element type and the shape of a tensor, with nil for free dimensions.
  func describe(
    _ info: OpaquePointer, _ action: String
  ) throws(InferenceError) -> (TensorDescription.ElementType, [Int?]) {
    var type: Int32 = 0
    try check(sf_ort_get_element_type(api, info, &type), .internalFailure, action)
    var rank = 0
    try check(sf_ort_get_rank(api, info, &rank), .internalFailure, action)
    var dimensions = [Int64](repeating: 0, count: rank)
    try check(sf_ort_get_dimensions(api, info, &dimensions, rank), .internalFailure, action)
    return (type == SF_ORT_ELEMENT_FLOAT ? .float32 : .other(Int(type)), dimensions.map { $0 < 0 ? nil : Int($0) })
  }
}
