/// The options of an ``InferenceSession``.
public struct SessionConfiguration: Sendable {
  /// The providers to try, in order; the first that can run the network is used. `.cpu` can run any network and should be the last.
  public var providers: [ExecutionProvider]
  /// The number of threads that work on one run (intra-op), at least 1.
  public var threads: Int
  /// The number of runs that can proceed at the same time. Further calls are allowed but may wait.
  public var streams: Int
  /// The sizes of dimensions that the network leaves free, by the dimensions' names. A provider that knows all sizes plans memory and
  /// kernels once. Names that the network does not have are ignored.
  public var dimensions: [String: Int]
  /// The folder where providers keep compiled networks if that saves time: Core ML's `ModelCacheDirectory`, and OpenVINO's `cache_dir` for
  /// devices other than the CPU. It is created when it is needed. If nil, compiled networks are not kept.
  public var cacheDirectory: String?
  /// Options of providers, by ONNX Runtime's names of the options. They replace those that this module sets: `[.openVINO: ["device_type":
  /// "GPU"]]`.
  public var providerOptions: [ExecutionProvider: [String: String]]

  public init(
    providers: [ExecutionProvider] = InferenceRuntime.defaultProviders, threads: Int = 1, streams: Int = 1,
    dimensions: [String: Int] = [:], cacheDirectory: String? = nil, providerOptions: [ExecutionProvider: [String: String]] = [:]
  ) {
    self.providers = providers
    self.threads = threads
    self.streams = streams
    self.dimensions = dimensions
    self.cacheDirectory = cacheDirectory
    self.providerOptions = providerOptions
  }
}
