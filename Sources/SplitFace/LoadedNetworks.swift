import ActionUnits
import FaceNetworks
import Foundation
import Inference
import ModelStore
import Synchronization

/// The networks that jobs run, each loaded once.
struct LoadedNetworks: Sendable {
  let configuration: SplitterConfiguration
  let runtime: InferenceRuntime
  let providers: [ExecutionProvider]
  let budget: ThreadBudget
  let landmarker: FaceLandmarkerNetworks
  let engine: (any ActionUnitEngine)?
  /// Nil where nothing is measured.
  let engineNote: String?
  /// Faces that are measured in one run. On processors a second one saves a fifth, and more gain nothing (multitask network on OpenVINO, an
  /// EPYC core: 26.4, 20.8, 21.2 and 21.4 ms a face in batches of 1, 2, 4 and 8) but hold more frames in memory; graphics cards and neural
  /// engines want more.
  let facesPerBatch: Int
  let sessions: [InferenceSession]
  /// Where each session's network comes from, in the sessions' order.
  private let files: [ONNXModelFile]

  /// - Parameter measures: whether an engine is loaded too.
  /// - Throws: `SplitFaceError`: `inferenceFailed`, `modelUnavailable`.
  init(_ configuration: SplitterConfiguration, measures: Bool) throws {
    self.configuration = configuration
    let runtime = try InferenceRuntime.load(library: configuration.inferenceLibrary)
    self.runtime = runtime
    let store = ModelStore(directory: configuration.modelDirectory, overrides: configuration.modelOverrides)
    var loader = Loader(store: store, runtime: runtime, configuration: configuration)
    budget = loader.budget
    providers = loader.providers
    facesPerBatch = loader.facesPerBatch
    let choice = measures ? Self.engineChoice(configuration, store: store) : nil
    try loader.open([.faceDetector, .faceMesh, .blendshapes] + (choice == nil || choice == .mediapipe ? [] : [.retinaface, .multitask]))
    landmarker = try FaceLandmarkerNetworks(
      detector: loader.session(.faceDetector), mesh: loader.session(.faceMesh), blendshapes: loader.session(.blendshapes))
    engine = if let choice { try Self.engine(choice, landmarker: landmarker, loader: &loader) } else { nil }
    engineNote = engine.map { Self.engineNote($0.name, configuration) }
    sessions = loader.sessions
    files = loader.files
  }

  /// What the manifest says about them.
  var manifest: [RunManifest.Network] {
    zip(sessions, files).map { session, file in
      RunManifest.Network(
        name: file.network.rawValue, source: file.provenance, sha256: file.sourceSHA256, licence: file.licence?.name,
        published: file.origin != .user,
        provider: session.provider.rawValue, notes: session.providerNotes)
    }
  }

  private static func engine(
    _ choice: EngineChoice, landmarker: FaceLandmarkerNetworks, loader: inout Loader
  ) throws -> any ActionUnitEngine {
    let configuration = loader.configuration
    let mediaPipe = MediaPipeEngine(networks: landmarker, sessions: loader.sessions)
    guard choice != .mediapipe else { return mediaPipe }
    let first = loader.sessions.count
    let retinaFace = try RetinaFaceDetector(session: loader.session(.retinaface))
    let multitask = try MultitaskNetwork(session: loader.session(.multitask))
    let star = try star(configuration.blink, loader: &loader)
    let openFace = OpenFace3Engine(
      retinaFace: retinaFace, multitask: multitask, star: star, extras: !configuration.extraColumns.isEmpty,
      sessions: Array(loader.sessions[first...]))
    return choice == .hybrid ? HybridEngine(openFace: openFace, mediaPipe: mediaPipe) : openFace
  }

  private static func engineChoice(_ configuration: SplitterConfiguration, store: ModelStore) -> EngineChoice {
    guard configuration.engine == .auto else { return configuration.engine }
    return store.has(.retinaface, .multitask) ? .openface3 : .mediapipe
  }

  /// What measures the eyes where it is not the mesh; see `BlinkChoice`.
  private static func star(_ choice: BlinkChoice, loader: inout Loader) throws -> StarLandmarker? {
    switch choice {
    case .mesh: return nil
    case .star: break
    case .auto:
      if loader.store.overrides[.star] != nil { break }
      guard loader.store.has(.star), loader.providers.contains(where: fastProviders.contains) else { return nil }
      let session = try loader.session(.star)
      guard fastProviders.contains(session.provider) else {
        loader.forgetLast()
        return nil
      }
      return try StarLandmarker(session: session)
    }
    return try StarLandmarker(session: loader.session(.star))
  }

  private static let fastProviders: Set<ExecutionProvider> = [.coreML, .cuda]

  /// One line for the user: which engine measures, and why.
  private static func engineNote(_ name: String, _ configuration: SplitterConfiguration) -> String {
    if configuration.engine != .auto { return "measuring with the engine \(name)" }
    if name == EngineChoice.mediapipe.rawValue {
      return "measuring with the engine mediapipe, since OpenFace 3.0's networks are not installed "
        + "(to get them: \(ModelPackage.openFace3.installation))"
    }
    return "measuring with the engine \(name), since OpenFace 3.0's networks are installed"
  }

  /// Opens sessions and remembers what they are.
  struct Loader {
    let store: ModelStore
    let runtime: InferenceRuntime
    let configuration: SplitterConfiguration
    let providers: [ExecutionProvider]
    /// Whether the user named the providers; then all networks go to them.
    let areChosen: Bool
    let budget: ThreadBudget
    /// Of the multitask network, only this branch.
    let actionUnitsOnly: Bool
    /// See `LoadedNetworks.facesPerBatch`.
    let facesPerBatch: Int
    var sessions: [InferenceSession] = []
    var files: [ONNXModelFile] = []
    /// Opened ahead of their use.
    private var opened: [NetworkName: Opened] = [:]

    private typealias Opened = (file: ONNXModelFile, session: InferenceSession)

    init(store: ModelStore, runtime: InferenceRuntime, configuration: SplitterConfiguration) {
      self.store = store
      self.runtime = runtime
      self.configuration = configuration
      // What the user names is tried and reported; of the usual ones, those that this library was built without are no news.
      providers =
        configuration.providers
        ?? InferenceRuntime.defaultProviders.filter { runtime.availableProviders.contains($0.runtimeName) }
      areChosen = configuration.providers != nil
      budget = ThreadBudget(total: configuration.threads)
      actionUnitsOnly = configuration.extraColumns.isEmpty
      facesPerBatch = providers.first.map(fastProviders.contains) == true ? 8 : 2
    }

    /// Opens networks side by side: making a session takes half a second of one core for the largest.
    /// - Throws: the failure of the first network, in their order, that cannot be opened.
    mutating func open(_ networks: [NetworkName]) throws {
      let results = Mutex<[NetworkName: Result<Opened, any Error>]>([:])
      // The largest stands last and takes longest.
      let threads = networks.reversed().map { network in
        StageThread(name: "open") { [self] in
          let result = Result { try budget.permits.with { () throws -> Opened in try make(network) } }
          results.withLock { $0[network] = result }
        }
      }
      for thread in threads { thread.join() }
      for (network, result) in networks.compactMap({ network in results.withLock { $0[network] }.map { (network, $0) } }) {
        opened[network] = try result.get()
      }
    }

    /// The session of a network, for keeps.
    mutating func session(_ network: NetworkName) throws -> InferenceSession {
      let (file, session) = try opened.removeValue(forKey: network) ?? make(network)
      sessions.append(session)
      files.append(file)
      return session
    }

    /// One thread a run: whole groups side by side keep cores busier than one network split over them.
    private func make(_ network: NetworkName) throws -> Opened {
      let file = try store.onnx(for: network, actionUnitsOnly: actionUnitsOnly)
      let dimensions = batch(of: network).flatMap { size in file.batchDimension.map { [$0: size] } }
      let session = try InferenceSession(
        modelPath: file.path, runtime: runtime,
        configuration: SessionConfiguration(
          providers: providers(for: network), threads: 1, streams: budget.inferenceStreams, dimensions: dimensions ?? [:],
          cacheDirectory: store.cacheDirectory.appending(path: "compiled").path(percentEncoded: false)))
      return (file, session)
    }

    /// The batch that a network is compiled for. A fixed one saves a tenth of the time, and memory. Face tracking has one face at a time, and
    /// batches gain the mesh nothing.
    private func batch(of network: NetworkName) -> Int? {
      switch network {
      case .faceMesh: 1
      case .multitask: facesPerBatch
      default: nil
      }
    }

    /// Networks that are small and see pictures of any size, run rarely, or take a millisecond, are not worth compiling: for RetinaFace
    /// OpenVINO takes 0.35 s and 55 MB, and as much processor time to run as ONNX Runtime's own kernels; the blendshapes even more
    /// (1.25 against 1.0 ms, measured on two EPYC cores). Core ML does not take free sizes.
    private func providers(for network: NetworkName) -> [ExecutionProvider] {
      guard [.retinaface, .faceDetector, .blendshapes].contains(network), !areChosen else { return providers }
      return providers.filter { $0 == .cuda || $0 == .cpu }
    }

    mutating func forgetLast() {
      sessions.removeLast()
      files.removeLast()
    }
  }
}
