/// One of ONNX Runtime's execution providers, which run networks on a kind of device or with a library of kernels.
public enum ExecutionProvider: String, CaseIterable, Sendable, Codable {
  case coreML, cuda, openVINO, cpu

  /// The name to show to people.
  public var displayName: String {
    switch self {
    case .coreML: "Core ML"
    case .cuda: "CUDA"
    case .openVINO: "OpenVINO"
    case .cpu: "CPU"
    }
  }

  /// The name under which ONNX Runtime lists the provider (`GetAvailableProviders`).
  public var runtimeName: String {
    switch self {
    case .coreML: "CoreMLExecutionProvider"
    case .cuda: "CUDAExecutionProvider"
    case .openVINO: "OpenVINOExecutionProvider"
    case .cpu: "CPUExecutionProvider"
    }
  }
}
