package import ActionUnits
package import FaceNetworks
package import Inference
import ModelStore
package import Results

/// The networks that jobs run. Each network is loaded once.
package struct LoadedNetworks: Sendable {
  package let runtime: InferenceRuntime
  package let budget: ThreadBudget
  package let landmarker: FaceLandmarkerNetworks
  /// Nil if the job does not measure.
  package let engine: (any ActionUnitEngine)?
  private let plan: NetworkPlan
  private let networks: [OpenedNetwork]

  /// Loads the networks of a job.
  /// - Parameter spec: the job, without options that have no effect.
  /// - Throws: `InferenceError`, `ModelStoreError`, `FaceNetworkError`.
  package init(_ spec: JobSpec, on configuration: SplitterConfiguration) throws {
    runtime = try InferenceRuntime.load(library: configuration.inferenceLibrary)
    budget = ThreadBudget(total: configuration.threads)
    let store = ModelStore(directory: configuration.modelDirectory, overrides: spec.models)
    plan = NetworkPlan(spec, on: configuration, store: store, runtime: runtime, budget: budget)
    let opened = try NetworkLoader(
      plan: plan, store: store, runtime: runtime, budget: budget, providerOptions: configuration.providerOptions
    ).open(plan.networks)
    let isStarTooSlow = plan.starNeedsFastProvider && !NetworkPlan.fastProviders.contains(opened[.star].session.provider)
    networks = opened.filter { $0.file.network != .star || !isStarTooSlow }
    landmarker = try FaceLandmarkerNetworks(
      detector: networks[.faceDetector].session, mesh: networks[.faceMesh].session, blendshapes: networks[.blendshapes].session)
    engine = try plan.engine.flatMap { EngineRecipe.recipe(of: $0.engine) }?
      .make(EngineRecipe.Parts(plan: plan, landmarker: landmarker, networks: networks))
  }

  var engineSelection: EngineSelection? { plan.engine }
  package var providers: [ExecutionProvider] { plan.providers }
  /// The number of faces that the engine's networks measure in one run.
  var facesPerBatch: Int { plan.facesPerBatch }

  /// The reasons why requested providers do not run a network or a part of it, one line each. A reason that concerns several networks is
  /// listed once.
  var providerNotes: [String] {
    var seen: Set<String> = []
    return (networks.map(\.session) + networks.compactMap(\.head)).flatMap(\.providerNotes).filter { seen.insert($0).inserted }
  }

  /// The entries for these networks in the record of a job.
  var record: [RunRecord.Network] {
    networks.map { network in
      let file = network.file
      return RunRecord.Network(
        name: file.network.rawValue, source: file.provenance, sha256: file.sourceSHA256, licence: file.licence?.name,
        published: file.origin != .user, provider: network.session.provider.rawValue, notes: network.session.providerNotes)
    }
  }
}
