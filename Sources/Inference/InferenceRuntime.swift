import CONNXRuntime
import Logging
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// ONNX Runtime's library, loaded at run time, and its environment.
///
/// There is one instance for each library file. It is created by the first ``load(library:)`` and never released: ONNX Runtime and OpenVINO
/// keep threads and thread-local state whose destructors run at process exit in no defined order, so unloading the library or releasing the
/// environment while a session, tensor or thread exists would crash.
///
/// ```swift
/// let runtime = try InferenceRuntime.load()
/// let session = try InferenceSession(
///   modelPath: "network.onnx", runtime: runtime, configuration: SessionConfiguration(providers: [.cpu]))
/// ```
public final class InferenceRuntime: Sendable {
  /// The oldest version of ONNX Runtime that has every function this module calls.
  public static let minimumVersion = "1.\(SF_ORT_API_VERSION)"

  /// The library's version, for example "1.24.1".
  public let version: String
  /// The path of the library file, with symbolic links resolved.
  public let libraryPath: String
  /// The execution providers in this build, by the names that ONNX Runtime gives them (``ExecutionProvider/runtimeName``). A listed provider
  /// does not necessarily work on this machine.
  public let availableProviders: [String]

  let table: RuntimeTable
  let logger: Logger
  /// Providers for which a warning about a failed network was logged.
  private let failed = Mutex<Set<ExecutionProvider>>([])
  private let environmentReference: Reference
  private let memoryReference: Reference
  private let allocatorReference: Reference

  private struct Reference: @unchecked Sendable {  // ONNX Runtime allows concurrent use of these objects by all threads.
    let pointer: OpaquePointer
  }

  var environment: OpaquePointer { environmentReference.pointer }
  /// Describes main memory as the place of a tensor.
  var memoryInfo: OpaquePointer { memoryReference.pointer }
  /// Frees the strings that ONNX Runtime returns.
  var allocator: OpaquePointer { allocatorReference.pointer }

  /// The order in which providers are tried if the user names none: the fastest on this platform first, the CPU last.
  public static var defaultProviders: [ExecutionProvider] {
    #if canImport(Darwin)
      [.coreML, .cpu]
    #else
      [.cuda, .openVINO, .cpu]
    #endif
  }

  private static let loaded = Mutex<[String: InferenceRuntime]>([:])

  /// Finds ONNX Runtime and loads it, or returns the instance that an earlier call loaded.
  ///
  /// These places are searched in order: `library`; the environment variable SPLITFACE_ONNXRUNTIME (a file or a folder);
  /// `.splitface/onnxruntime` in the program's folder and the folders above it; Homebrew's and the system's library folders; Python's
  /// installed packages. The first usable library is loaded. If `library` or the variable names a place, no other is searched.
  /// - Parameter library: a library file, or a folder that contains one.
  /// - Throws: `libraryNotFound`, `libraryUnusable`, `libraryTooOld`.
  public static func load(library: String? = nil) throws(InferenceError) -> InferenceRuntime {
    let search = RuntimeLibrarySearch()
    if let path = try search.named(library) { return try open(path) }
    var firstFailure: InferenceError?
    for path in search.candidates {
      do { return try open(path) } catch { firstFailure = firstFailure ?? error }
    }
    throw firstFailure
      ?? InferenceError(.libraryNotFound, "ONNX Runtime was not found in any of the \(search.folders.count) searched folders")
  }

  private static func open(_ path: String) throws(InferenceError) -> InferenceRuntime {
    try loaded.withLock { loaded throws(InferenceError) in
      if let runtime = loaded[path] { return runtime }
      let runtime = try InferenceRuntime(path: path)
      loaded[path] = runtime
      return runtime
    }
  }

  private init(path: String) throws(InferenceError) {
    let base = try Self.base(ofLibraryAt: path)
    version = String(cString: base.get_version_string())
    try Self.checkVersion(version, path: path)
    guard let api = base.get_api(UInt32(SF_ORT_API_VERSION)) else { throw Self.tooOld(version, path: path) }
    libraryPath = path
    table = RuntimeTable(api: api)
    logger = Logger(label: "splitface.onnxruntime")
    environmentReference = Reference(pointer: try Self.makeEnvironment(table, logger: logger, path: path))
    memoryReference = Reference(
      pointer: try table.make(.internalFailure, "creating ONNX Runtime's description of main memory") {
        sf_ort_create_cpu_memory_info($0, Int32(SF_ORT_ARENA_ALLOCATOR), Int32(SF_ORT_MEMORY_DEFAULT), $1)
      })
    allocatorReference = Reference(
      pointer: try table.make(.internalFailure, "getting ONNX Runtime's allocator") {
        sf_ort_get_allocator_with_default_options($0, $1)
      })
    availableProviders = try Self.providers(table)
  }

  /// Logs that a network failed on a provider and now runs on another. The first failure on a provider is logged as a warning. Others are
  /// logged at level info, because a cause such as a lost graphics card soon affects all networks.
  func logFallback(from provider: ExecutionProvider, _ message: String) {
    let isNew = failed.withLock { $0.insert(provider).inserted }
    logger.log(level: isNew ? .warning : .info, "\(message)")
  }

  private static func base(ofLibraryAt path: String) throws(InferenceError) -> SFOrtApiBase {
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      let reason = dlerror().map { String(cString: $0) } ?? path
      throw InferenceError(.libraryUnusable, "ONNX Runtime cannot be loaded: \(reason)")
    }
    guard let symbol = dlsym(library, "OrtGetApiBase") else {
      dlclose(library)
      throw InferenceError(.libraryUnusable, "\(path) is a library but not ONNX Runtime (it has no function OrtGetApiBase)")
    }
    typealias GetBase = @convention(c) () -> UnsafePointer<SFOrtApiBase>?
    guard let base = unsafeBitCast(symbol, to: GetBase.self)() else {
      throw InferenceError(.libraryUnusable, "\(path): OrtGetApiBase returned nothing")
    }
    return base.pointee
  }

  /// Throws if the library is too old. This must be checked before `GetApi` is called, which prints to standard error if it does not have
  /// the requested version.
  private static func checkVersion(_ version: String, path: String) throws(InferenceError) {
    let parts = version.split(separator: ".").compactMap { Int($0) }
    guard parts.count >= 2, (parts[0], parts[1]) >= (1, Int(SF_ORT_API_VERSION)) else { throw tooOld(version, path: path) }
  }

  private static func tooOld(_ version: String, path: String) -> InferenceError {
    InferenceError(.libraryTooOld, "ONNX Runtime at \(path) is version \(version), but \(minimumVersion) or later is needed")
  }

  private static func makeEnvironment(
    _ table: RuntimeTable, logger: Logger, path: String
  ) throws(InferenceError) -> OpaquePointer {
    // Never released, like the environment that refers to it.
    let sink = Unmanaged.passRetained(RuntimeLogSink(logger))
    return try table.make(.libraryUnusable, "starting ONNX Runtime from \(path)") {
      sf_ort_create_env_with_custom_logger(
        $0, RuntimeLogSink.receive, sink.toOpaque(), Int32(SF_ORT_SEVERITY_WARNING), "splitface", $1)
    }
  }

  private static func providers(_ table: RuntimeTable) throws(InferenceError) -> [String] {
    var names: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
    var count: Int32 = 0
    try table.check(sf_ort_get_available_providers(table.api, &names, &count), .internalFailure, "listing ONNX Runtime's providers")
    guard let names else { return [] }
    let list = (0..<Int(count)).compactMap { names[$0].map { String(cString: $0) } }
    try table.check(
      sf_ort_release_available_providers(table.api, names, count), .internalFailure, "listing ONNX Runtime's providers")
    return list
  }
}
