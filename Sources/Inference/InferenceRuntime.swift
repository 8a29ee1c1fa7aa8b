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

/// ONNX Runtime's library, loaded at run time, with its environment.
///
/// One exists for each library file, made at the first ``load(library:)`` and never given back: ONNX Runtime and OpenVINO keep
/// threads and thread-local state whose destructors run at the process's end in no set order, so that unloading the library or
/// releasing the environment before the last session, tensor and thread is gone would crash.
public final class InferenceRuntime: Sendable {
  /// The oldest ONNX Runtime that has every function this module calls.
  public static let minimumVersion = "1.\(SF_ORT_API_VERSION)"

  /// Like "1.24.1".
  public let version: String
  /// The library file, links resolved.
  public let libraryPath: String
  /// What the library says of how it was built.
  public let buildInfo: String
  /// ONNX Runtime's own long names of the providers in the build. That one is listed does not mean that it works here.
  public let availableProviders: [String]

  let table: RuntimeTable
  let logger: Logger
  /// Providers that a network has left, of which the user was told.
  private let left = Mutex<Set<ExecutionProvider>>([])
  private let environmentReference: Reference
  private let memoryReference: Reference
  private let allocatorReference: Reference

  private struct Reference: @unchecked Sendable {  // Objects that ONNX Runtime lets all threads use at once.
    let pointer: OpaquePointer
  }

  var environment: OpaquePointer { environmentReference.pointer }
  /// Describes ordinary memory.
  var memoryInfo: OpaquePointer { memoryReference.pointer }
  /// What names that ONNX Runtime hands out must be freed with.
  var allocator: OpaquePointer { allocatorReference.pointer }

  /// The order to try providers in when the user names none: what is fast on this platform first, the CPU last.
  public static var defaultProviders: [ExecutionProvider] {
    #if canImport(Darwin)
      [.coreML, .cpu]
    #else
      [.cuda, .openVINO, .cpu]
    #endif
  }

  /// Folders that ``load(library:)`` searches when no library is named, in order.
  public static var searchedFolders: [String] { RuntimeLibrarySearch().folders }

  private static let loaded = Mutex<[String: InferenceRuntime]>([:])

  /// Finds ONNX Runtime and loads it, or answers what an earlier call loaded.
  ///
  /// Searched, in this order: `library`; the environment variable SPLITFACE_ONNXRUNTIME (a file or a folder);
  /// `.splitface/onnxruntime` beside the program or in a folder above it; Homebrew's and the system's folders; Python's
  /// installed packages. The first one that can be used is taken; one that is named must be usable.
  /// - Parameter library: a library file, or a folder that holds one.
  /// - Throws: `libraryNotFound`, `libraryUnusable`, `libraryTooOld`, each saying how to get one that works.
  public static func load(library: String? = nil) throws(InferenceError) -> InferenceRuntime {
    let search = RuntimeLibrarySearch()
    if let path = try search.named(library) { return try open(path) }
    var firstFailure: InferenceError?
    for path in search.candidates {
      do { return try open(path) } catch { firstFailure = firstFailure ?? error }
    }
    throw firstFailure
      ?? InferenceError(
        .libraryNotFound,
        "ONNX Runtime was not found in any of \(search.folders.count) places; \(RuntimeLibrarySearch.advice)")
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
    buildInfo = String(cString: sf_ort_get_build_info(api))
    logger = Logger(label: "splitface.onnxruntime")
    environmentReference = Reference(pointer: try Self.makeEnvironment(table, logger: logger, path: path))
    memoryReference = Reference(
      pointer: try table.make(.internalFailure, "describing memory to ONNX Runtime") {
        sf_ort_create_cpu_memory_info($0, Int32(SF_ORT_ARENA_ALLOCATOR), Int32(SF_ORT_MEMORY_DEFAULT), $1)
      })
    allocatorReference = Reference(
      pointer: try table.make(.internalFailure, "asking ONNX Runtime for its allocator") {
        sf_ort_get_allocator_with_default_options($0, $1)
      })
    availableProviders = try Self.providers(table)
  }

  /// What makes one network leave a provider (a graphics card that is gone) soon makes the others; the user is told once.
  func warn(leaving provider: ExecutionProvider, _ message: String) {
    let isNew = left.withLock { $0.insert(provider).inserted }
    logger.log(level: isNew ? .warning : .info, "\(message)")
  }

  private static func base(ofLibraryAt path: String) throws(InferenceError) -> SFOrtApiBase {
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      let words = dlerror().map { String(cString: $0) } ?? path
      throw InferenceError(.libraryUnusable, "ONNX Runtime cannot be loaded: \(words); \(RuntimeLibrarySearch.advice)")
    }
    guard let symbol = dlsym(library, "OrtGetApiBase") else {
      dlclose(library)
      throw InferenceError(
        .libraryUnusable, "\(path) is a library but not ONNX Runtime (it has no OrtGetApiBase); \(RuntimeLibrarySearch.advice)")
    }
    typealias GetBase = @convention(c) () -> UnsafePointer<SFOrtApiBase>?
    guard let base = unsafeBitCast(symbol, to: GetBase.self)() else {
      throw InferenceError(.libraryUnusable, "\(path): OrtGetApiBase answers nothing; \(RuntimeLibrarySearch.advice)")
    }
    return base.pointee
  }

  /// Compared here, since `GetApi` prints to standard error when it is asked for more than it has.
  private static func checkVersion(_ version: String, path: String) throws(InferenceError) {
    let parts = version.split(separator: ".").compactMap { Int($0) }
    guard parts.count >= 2, (parts[0], parts[1]) >= (1, Int(SF_ORT_API_VERSION)) else { throw tooOld(version, path: path) }
  }

  private static func tooOld(_ version: String, path: String) -> InferenceError {
    InferenceError(
      .libraryTooOld,
      "ONNX Runtime at \(path) is version \(version), but \(minimumVersion) or later is needed; \(RuntimeLibrarySearch.advice)")
  }

  private static func makeEnvironment(
    _ table: RuntimeTable, logger: Logger, path: String
  ) throws(InferenceError) -> OpaquePointer {
    // Never released, as the environment that holds it.
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
