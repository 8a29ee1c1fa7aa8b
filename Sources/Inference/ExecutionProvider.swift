/// An execution provider of ONNX Runtime, which runs networks on one kind of device or with one library of kernels.
public enum ExecutionProvider: String, CaseIterable, Sendable, Codable {
  case coreML, cuda, openVINO, cpu

  /// The name to show to users.
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
