/// How a network is to be run.
public struct SessionConfiguration: Sendable {
  /// Tried in this order; the first that takes the network is used. Without `.cpu` at the end there may be none.
  public var providers: [ExecutionProvider]
  /// Threads that work on one run (intra-op). At least 1.
  public var threads: Int
  /// Runs that may go on at the same time without waiting for each other. More callers than this are still correct.
  public var streams: Int
  /// Sizes for dimensions that the network leaves free, by their names in it. A provider that knows all sizes plans memory and kernels
  /// once; names that the network does not have are ignored.
  public var dimensions: [String: Int]
  /// Where providers keep compiled networks when that saves time: Core ML's `ModelCacheDirectory`, OpenVINO's `cache_dir` on
  /// other devices than the CPU. It is made when a provider is given it. Nil: nowhere.
  public var cacheDirectory: String?
  /// Options of a provider by its own names, over those that this module sets: `[.openVINO: ["device_type": "GPU"]]`.
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
