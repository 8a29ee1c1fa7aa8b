package import Inference
package import ModelStore
package import Results

/// The decisions about a job's networks: which engine measures, which networks are needed, and how each of them is run.
///
/// A plan depends only on the arguments of its initializer. Making one neither opens a network nor needs ONNX Runtime.
package struct NetworkPlan: Hashable, Sendable {
  /// The engine and the reason for using it; nil if the job does not measure.
  package let engine: EngineSelection?
  /// The networks that the job needs, in the order in which its record lists them.
  package let networks: [NetworkName]
  /// Whether the STAR network is to be used only if one of ``fastProviders`` runs it.
  package let starNeedsFastProvider: Bool
  /// Whether the multitask network only has to compute Action Units, without emotion and gaze.
  package let actionUnitsOnly: Bool
  /// The providers to try, in order.
  package let providers: [ExecutionProvider]

  /// Whether the user chose the providers. If so, they are used for all networks.
  private let providersAreChosen: Bool
  /// The number of streams (runs that can proceed at the same time) of a network that several groups of frames run in parallel.
  private let streams: Int
  /// The number of streams of a network that a job runs for one frame after the other. Jobs that run at the same time share them.
  ///
  /// There are only a few, because OpenVINO compiles a network again for each stream, and a single stream processes more frames per second
  /// than four cores can handle in the other stages.
  private let sequentialStreams: Int

  /// Providers that run networks on devices other than the CPU.
  package static let fastProviders: Set<ExecutionProvider> = [.coreML, .cuda]

  /// Makes the decisions for a job.
  /// - Parameters:
  ///   - spec: the job, without options that have no effect.
  ///   - chosen: the providers that the user chose, in order; nil for the platform's usual ones.
  ///   - builtIn: the providers in this build of ONNX Runtime.
  ///   - available: the networks that can be loaded.
  ///   - own: the networks among `available` that come from the user's own files.
  ///   - budget: the threads of the job.
  package init(
    _ spec: JobSpec, providers chosen: [ExecutionProvider]?, builtIn: [ExecutionProvider], available: Set<NetworkName>,
    own: Set<NetworkName>, budget: ThreadBudget
  ) {
    // Providers that the user chose are tried even if the build does not have them, so that the reason is reported.
    providers = chosen ?? InferenceRuntime.defaultProviders.filter(builtIn.contains)
    providersAreChosen = chosen != nil
    streams = budget.inferenceStreams
    sequentialStreams = min(budget.inferenceStreams, 1 + budget.total / 4)
    actionUnitsOnly = spec.extraColumns.isEmpty
    let selection = spec.kind.measures ? EngineSelection(requested: spec.engine, available: available) : nil
    engine = selection
    var networks: [NetworkName] = [.faceDetector, .faceMesh, .blendshapes]
    var starNeedsFastProvider = false
    let recipe = selection.flatMap { EngineRecipe.recipe(of: $0.engine) }
    networks += recipe?.networks ?? []
    if recipe?.canUseStar == true {
      switch spec.blink {
      case .mesh: break
      case .star: networks.append(.star)
      case .auto where own.contains(.star): networks.append(.star)
      case .auto where available.contains(.star) && providers.contains(where: Self.fastProviders.contains):
        networks.append(.star)
        starNeedsFastProvider = true
      case .auto: break
      }
    }
    self.networks = networks
    self.starNeedsFastProvider = starNeedsFastProvider
  }

  private var prefersFastProvider: Bool { providers.first.map(Self.fastProviders.contains) ?? false }

  /// The number of faces that are measured in one run.
  ///
  /// On CPUs it is two, the faces of one frame: larger batches take no less time per face, and need more frames in memory. Only the head of
  /// the multitask network takes less time per face in larger batches, so it collects more faces (``division``). Graphics cards and neural
  /// engines need larger batches.
  package var facesPerBatch: Int { prefersFastProvider ? 8 : 2 }

  /// How a network is run in one piece.
  ///
  /// A fixed batch size saves time and memory. For the face mesh it is one, because face tracking finds one face at a time, and larger
  /// batches take no less time per face. Every run uses one thread: running the network for several groups of frames at the same time uses
  /// the cores better than dividing one run among them.
  package func session(of network: NetworkName) -> SessionPlan {
    let recipe = engine.flatMap { EngineRecipe.recipe(of: $0.engine) }
    let isSequential = network == .faceMesh && recipe?.runsFaceMesh != true
    let batch: Int? =
      switch network {
      case .faceMesh: 1
      case .multitask: facesPerBatch
      default: nil
      }
    return SessionPlan(providers: providers(for: network), batch: batch, streams: isSequential ? sequentialStreams : streams)
  }

  /// How the multitask network is run in two parts; nil if it is run in one piece.
  ///
  /// On CPUs the backbone is fastest for the two faces of one frame, because their values fit into the caches. The head has large weights,
  /// all of which every run reads from memory, so the time per face falls with the number of faces.
  package var division: MultitaskDivision? {
    guard actionUnitsOnly, !prefersFastProvider else { return nil }
    let providers = providers(for: .multitask)
    return MultitaskDivision(
      backbone: SessionPlan(providers: providers, batch: facesPerBatch, streams: streams),
      head: SessionPlan(providers: providers, batch: MultitaskDivision.facesPerHead, streams: sequentialStreams))
  }

  /// The providers for a network.
  ///
  /// RetinaFace, the face detector and the blendshapes are run without OpenVINO and Core ML, unless the user chose the providers. They are
  /// small networks for images of any size, run rarely, or are fast anyway: OpenVINO takes time and memory to compile them, and then needs
  /// at least as much processor time as ONNX Runtime's own kernels. Core ML does not support images of any size.
  private func providers(for network: NetworkName) -> [ExecutionProvider] {
    guard [.retinaface, .faceDetector, .blendshapes].contains(network), !providersAreChosen else { return providers }
    return providers.filter { $0 == .cuda || $0 == .cpu }
  }
}

extension NetworkPlan {
  /// The plan for a job on this machine.
  /// - Parameter runtime: nil if ONNX Runtime cannot be loaded.
  init(_ spec: JobSpec, on configuration: SplitterConfiguration, store: ModelStore, runtime: InferenceRuntime?, budget: ThreadBudget) {
    self.init(
      spec, providers: configuration.providers,
      builtIn: ExecutionProvider.allCases.filter { runtime?.availableProviders.contains($0.runtimeName) ?? false },
      available: Set(NetworkName.allCases.filter { store.has($0) }), own: Set(store.overrides.keys), budget: budget)
  }
}
