import ActionUnits
import FaceNetworks
import Foundation
import Inference
import ModelStore
import Results

/// The networks that jobs run, each loaded once.
struct LoadedNetworks: Sendable {
  let runtime: InferenceRuntime
  let providers: [ExecutionProvider]
  let budget: ThreadBudget
  let landmarker: FaceLandmarkerNetworks
  let engine: (any ActionUnitEngine)?
  /// Nil where nothing is measured.
  let engineNote: String?
  /// Faces that are measured in one run. On processors they are one frame's: more of them gain nothing but hold more frames in memory, and
  /// what gains from more, the multitask network's head, gets more (`Loader.multitaskInParts`). Graphics cards and neural engines want more.
  let facesPerBatch: Int
  let sessions: [InferenceSession]
  /// Further parts of the same networks.
  private let companions: [InferenceSession]
  /// Where each session's network comes from, in the sessions' order.
  private let files: [ONNXModelFile]

  /// - Parameter measures: whether an engine is loaded too.
  /// - Throws: `SplitFaceError`: `inferenceFailed`, `modelUnavailable`.
  init(_ spec: JobSpec, on configuration: SplitterConfiguration) throws {
    let runtime = try InferenceRuntime.load(library: configuration.inferenceLibrary)
    self.runtime = runtime
    let store = ModelStore(directory: configuration.modelDirectory, overrides: spec.models)
    var loader = Loader(store: store, runtime: runtime, spec: spec, configuration: configuration)
    budget = loader.budget
    providers = loader.providers
    facesPerBatch = loader.facesPerBatch
    let choice = spec.kind.measures ? Self.engineChoice(spec, store: store) : nil
    loader.enginesUseMesh = choice == .mediapipe || choice == .hybrid
    try loader.open([.faceDetector, .faceMesh, .blendshapes] + (choice == nil || choice == .mediapipe ? [] : [.retinaface, .multitask]))
    landmarker = try FaceLandmarkerNetworks(
      detector: loader.session(.faceDetector), mesh: loader.session(.faceMesh), blendshapes: loader.session(.blendshapes))
    engine = if let choice { try Self.engine(choice, landmarker: landmarker, loader: &loader) } else { nil }
    engineNote = engine.map { Self.engineNote($0.name, spec) }
    sessions = loader.sessions
    companions = loader.companions
    files = loader.files
  }

  /// Providers that were asked for and did not take a network, each reason once: what one lacks, it lacks for every network.
  var providerNotes: [String] {
    var seen: Set<String> = []
    return (sessions + companions).flatMap(\.providerNotes).filter { seen.insert($0).inserted }
  }

  /// What the record says about them.
  var record: [RunRecord.Network] {
    zip(sessions, files).map { session, file in
      RunRecord.Network(
        name: file.network.rawValue, source: file.provenance, sha256: file.sourceSHA256, licence: file.licence?.name,
        published: file.origin != .user,
        provider: session.provider.rawValue, notes: session.providerNotes)
    }
  }

  private static func engine(
    _ choice: EngineChoice, landmarker: FaceLandmarkerNetworks, loader: inout Loader
  ) throws -> any ActionUnitEngine {
    let spec = loader.spec
    let mediaPipe = MediaPipeEngine(networks: landmarker, sessions: loader.sessions)
    guard choice != .mediapipe else { return mediaPipe }
    let first = loader.sessions.count
    let retinaFace = try RetinaFaceDetector(session: loader.session(.retinaface), coarse: loader.coarseRetinaFace())
    let multitask = try loader.multitask()
    let star = try star(spec.blink, loader: &loader)
    let openFace = OpenFace3Engine(
      retinaFace: retinaFace, multitask: multitask, star: star, extras: !spec.extraColumns.isEmpty,
      draftsAtOnce: loader.facesPerHead, sessions: Array(loader.sessions[first...]))
    return choice == .hybrid ? HybridEngine(openFace: openFace, mediaPipe: mediaPipe) : openFace
  }

  private static func engineChoice(_ spec: JobSpec, store: ModelStore) -> EngineChoice {
    guard spec.engine == .auto else { return spec.engine }
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
  private static func engineNote(_ name: String, _ spec: JobSpec) -> String {
    if spec.engine != .auto { return "measuring with the engine \(name)" }
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
    let spec: JobSpec
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
    /// Further parts of the same networks.
    private(set) var companions: [InferenceSession] = []
    /// Whether an engine runs the face mesh too.
    var enginesUseMesh = false
    /// Opened ahead of their use.
    private var opened: [NetworkName: Opened] = [:]

    private struct Opened {
      let file: ONNXModelFile
      let session: InferenceSession
      /// Where the network is run in two parts, the second.
      var head: InferenceSession?
    }

    init(store: ModelStore, runtime: InferenceRuntime, spec: JobSpec, configuration: SplitterConfiguration) {
      self.store = store
      self.runtime = runtime
      self.spec = spec
      // What the user names is tried and reported; of the usual ones, those that this library was built without are no news.
      providers =
        configuration.providers
        ?? InferenceRuntime.defaultProviders.filter { runtime.availableProviders.contains($0.runtimeName) }
      areChosen = configuration.providers != nil
      budget = ThreadBudget(total: configuration.threads)
      actionUnitsOnly = spec.extraColumns.isEmpty
      facesPerBatch = providers.first.map(fastProviders.contains) == true ? 8 : 2
    }

    /// Opens networks side by side: making a session takes half a second of one core for the largest.
    /// - Throws: the failure of the first network, in their order, that cannot be opened.
    mutating func open(_ networks: [NetworkName]) throws {
      // The largest stands last and takes longest.
      let results = StageThread.sideBySide("open", networks.reversed().map { network in { [self] in try make(network) } })
      for (network, result) in zip(networks, results.reversed()) { opened[network] = try result.get() }
    }

    /// The session of a network, for keeps.
    mutating func session(_ network: NetworkName) throws -> InferenceSession {
      try take(network).session
    }

    private mutating func take(_ network: NetworkName) throws -> Opened {
      let taken = try opened.removeValue(forKey: network) ?? make(network)
      sessions.append(taken.session)
      files.append(taken.file)
      return taken
    }

    mutating func multitask() throws -> MultitaskNetwork {
      let opened = try take(.multitask)
      guard let head = opened.head else { return try MultitaskNetwork(session: opened.session) }
      companions.append(head)
      return try MultitaskNetwork(backbone: opened.session, head: MultitaskNetwork.Head(session: head))
    }

    /// Faces that the multitask network's head takes at once: see `Loader.multitaskInParts`.
    var facesPerHead: Int { companions.isEmpty ? 1 : Self.facesPerHead }
    private static let facesPerHead = 16

    /// RetinaFace once more, for faces that are not small; nil where its file cannot be read so.
    func coarseRetinaFace() throws -> InferenceSession? {
      guard let model = try store.onnx(for: .retinaface).withoutFinestGrid else { return nil }
      return try? InferenceSession(
        model: model, name: "retinaface", runtime: runtime,
        configuration: SessionConfiguration(providers: providers(for: .retinaface), threads: 1, streams: budget.inferenceStreams))
    }

    /// One thread a run: whole groups side by side keep cores busier than one network split over them.
    private func make(_ network: NetworkName) throws -> Opened {
      let file = try budget.permits.with { () throws -> ONNXModelFile in try store.onnx(for: network, actionUnitsOnly: actionUnitsOnly) }
      if network == .multitask, let parts = try multitaskInParts(file) { return parts }
      let streams = network == .faceMesh && !enginesUseMesh ? oneAtATime : nil
      return Opened(file: file, session: try session(file, path: file.path, batch: batch(of: network), streams: streams))
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

    /// On processors the multitask network runs in two parts. The backbone is quickest on a frame's two faces, whose values stay in the
    /// caches; the head has 70 MB of weights, which every run reads from memory. (OpenVINO, a Zen 5 core, milliseconds a face in batches of
    /// 1, 2, 4, 8 and 16: backbone 6.4, 6.2, 6.2, 6.9, 7.3; head 1.9, 1.2, 0.8, 0.6, 0.5. On an older EPYC core: backbone 19, 20, 21, 24 and
    /// head 7.2, 4.0, 2.4, 1.9 for 1 to 8.)
    private func multitaskInParts(_ file: ONNXModelFile) throws -> Opened? {
      guard actionUnitsOnly, providers.first.map(fastProviders.contains) != true, let parts = store.divided(file, outputs: ["au"])
      else { return nil }
      let sessions = StageThread.sideBySide(
        "open",
        [
          { @Sendable [self] in try session(file, path: parts.backbone, batch: facesPerBatch) },
          { @Sendable [self] in try session(file, path: parts.head, batch: Self.facesPerHead, streams: oneAtATime) },
        ])
      return Opened(file: file, session: try sessions[0].get(), head: try sessions[1].get())
    }

    /// Streams of what a job runs once at a time: OpenVINO compiles a network anew for each. A stream of the face mesh, the slower of both, is
    /// busy for less than 5 ms a frame, so it keeps up with 200 frames a second, where four cores do 70 (`mirror`) or 130 (`extract`). Jobs
    /// that run side by side share the streams.
    private var oneAtATime: Int { min(budget.inferenceStreams, 1 + budget.total / 4) }

    private func session(_ file: ONNXModelFile, path: String, batch: Int?, streams: Int? = nil) throws -> InferenceSession {
      let dimensions = batch.flatMap { size in file.batchDimension.map { [$0: size] } }
      let configuration = SessionConfiguration(
        providers: providers(for: file.network), threads: 1, streams: streams ?? budget.inferenceStreams, dimensions: dimensions ?? [:],
        cacheDirectory: store.cacheDirectory.appending(path: "compiled").path(percentEncoded: false))
      // Others open in less time than these.
      return try budget.permits.with(file.network == .multitask ? .high : .middle) { () throws -> InferenceSession in
        try InferenceSession(modelPath: path, runtime: runtime, configuration: configuration)
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
