import CONNXRuntime
import Foundation

/// Owns ONNX Runtime's options for one session on one provider.
final class SessionOptions {
  let pointer: OpaquePointer
  private let table: RuntimeTable

  /// Creates the options of a session on one provider.
  ///
  /// - Parameter allowsCPUFallback: whether ONNX Runtime's CPU kernels may run the operators that the provider does not support; otherwise
  ///   creating a session of a network that has such operators fails.
  /// - Throws: `providerUnavailable` if the provider is not in the build, cannot be loaded here, or refuses its options.
  init(
    runtime: InferenceRuntime, configuration: SessionConfiguration, provider: ExecutionProvider, allowsCPUFallback: Bool
  ) throws(InferenceError) {
    table = runtime.table
    pointer = try table.make(.internalFailure, "creating session options") { sf_ort_create_session_options($0, $1) }
    let set = "setting a session's options"
    let threads = Int32(max(1, configuration.threads))
    try table.check(
      sf_ort_set_graph_optimization_level(table.api, pointer, Int32(SF_ORT_OPTIMIZE_ALL)), .internalFailure, set)
    try table.check(sf_ort_set_intra_op_threads(table.api, pointer, threads), .internalFailure, set)
    try table.check(sf_ort_set_inter_op_threads(table.api, pointer, 1), .internalFailure, set)
    // With memory patterns ONNX Runtime keeps one block of memory for all tensors of a run, for each shape of input that it has seen. A
    // face detector that gets crops of many shapes then takes far more memory and is no faster.
    try table.check(sf_ort_disable_memory_pattern(table.api, pointer), .internalFailure, set)
    // Threads that spin while they wait take the cores from the decoder and the encoders.
    try add("session.intra_op.allow_spinning", "0")
    try add("session.inter_op.allow_spinning", "0")
    for (name, size) in configuration.dimensions {
      try table.check(
        sf_ort_add_free_dimension_override_by_name(table.api, pointer, name, Int64(size)), .internalFailure, "setting the size of \(name)")
    }
    if !allowsCPUFallback { try add("session.disable_cpu_ep_fallback", "1") }
    try append(provider, runtime: runtime, configuration: configuration)
  }

  deinit { sf_ort_release_session_options(table.api, pointer) }

  private func add(_ key: String, _ value: String) throws(InferenceError) {
    try table.check(
      sf_ort_add_session_config_entry(table.api, pointer, key, value), .internalFailure, "setting the session option \(key)")
  }

  private func append(
    _ provider: ExecutionProvider, runtime: InferenceRuntime, configuration: SessionConfiguration
  ) throws(InferenceError) {
    guard provider != .cpu else { return }  // ONNX Runtime always adds the CPU, as the last.
    guard runtime.availableProviders.contains(provider.runtimeName) else {
      throw InferenceError(.providerUnavailable, "not in this build of ONNX Runtime \(runtime.version)")
    }
    var options = Self.options(of: provider, configuration: configuration)
    options.merge(configuration.providerOptions[provider] ?? [:]) { _, chosen in chosen }
    switch provider {
    case .coreML: try append("CoreML", options)
    case .openVINO: try append("OpenVINO", options)
    case .cuda: try appendCUDA(options)
    case .cpu: break
    }
  }

  /// Creates the folder for compiled networks if it does not exist; without the folder, providers would fail or keep nothing. Returns nil
  /// if no folder is configured or it cannot be created.
  private static func cacheFolder(_ configuration: SessionConfiguration) -> String? {
    guard let folder = configuration.cacheDirectory else { return nil }
    do { try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true) } catch { return nil }
    return folder
  }

  private static func options(of provider: ExecutionProvider, configuration: SessionConfiguration) -> [String: String] {
    var options: [String: String]
    switch provider {
    case .cpu: return [:]
    case .coreML:
      options = ["MLComputeUnits": "ALL", "ModelFormat": "MLProgram"]
      if let folder = cacheFolder(configuration) { options["ModelCacheDirectory"] = folder }
    case .openVINO:
      let streams = max(1, configuration.streams)
      // OpenVINO divides the threads among its streams.
      options = ["num_of_threads": String(max(1, configuration.threads) * streams), "num_streams": String(streams)]
      let device = configuration.providerOptions[.openVINO]?["device_type"] ?? "CPU"
      options["device_type"] = device
      // Without this option, OpenVINO computes in bfloat16 on processors that support it.
      if device == "CPU" { options["precision"] = "FP32" }
      // With pinning, all sessions with one thread would run on the first core, which they would share with each other and with encoders.
      if device == "CPU" { options["load_config"] = #"{"CPU":{"ENABLE_CPU_PINNING":"NO"}}"# }
      // For the CPU the cache saves nothing: cached networks are read by `libopenvino_ir_frontend`, which onnxruntime-openvino 1.24.1 does not
      // contain, so networks are silently compiled and written again. Kernels for graphics cards take many seconds to compile.
      if device != "CPU", let folder = cacheFolder(configuration) { options["cache_dir"] = folder }
    case .cuda:
      // TensorFloat-32 keeps only ten bits of each factor, so values would differ between graphics cards.
      options = ["device_id": "0", "use_tf32": "0"]
    }
    return options
  }

  private func append(_ name: String, _ options: [String: String]) throws(InferenceError) {
    let table = table
    let pointer = pointer
    let status = withCStrings(options) { keys, values in
      sf_ort_append_execution_provider(table.api, pointer, name, keys, values, options.count)
    }
    try table.check(status, .providerUnavailable, "adding the \(name) provider")
  }

  /// Adds CUDA, which the generic call does not support.
  private func appendCUDA(_ options: [String: String]) throws(InferenceError) {
    let table = table
    let action = "adding the CUDA provider"
    let cuda = try table.make(.providerUnavailable, action) { sf_ort_create_cuda_options($0, $1) }
    defer { sf_ort_release_cuda_options(table.api, cuda) }
    let status = withCStrings(options) { sf_ort_update_cuda_options(table.api, cuda, $0, $1, options.count) }
    try table.check(status, .providerUnavailable, action)
    try table.check(sf_ort_append_cuda(table.api, pointer, cuda), .providerUnavailable, action)
  }
}
