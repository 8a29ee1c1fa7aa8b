import Foundation
import Inference
import ModelStore

/// Opens the sessions of networks according to a plan.
struct NetworkLoader: Sendable {
  let plan: NetworkPlan
  let store: ModelStore
  let runtime: InferenceRuntime
  let budget: ThreadBudget
  let providerOptions: [ExecutionProvider: [String: String]]

  /// Opens networks in parallel, because creating a session keeps only one core busy, and takes a while.
  /// - Returns: the networks, in the given order.
  /// - Throws: the error of the first network in the given order that cannot be opened.
  func open(_ networks: [NetworkName]) throws -> [OpenedNetwork] {
    // The largest networks take longest to open and come last in a plan, so the last one is opened first.
    let results = StageThread.sideBySide("open", networks.reversed().map { network in { [self] in try open(network) } })
    return try results.reversed().map { try $0.get() }
  }

  /// Opens one network.
  /// - Throws: `ModelStoreError`, `InferenceError`.
  func open(_ network: NetworkName) throws -> OpenedNetwork {
    let file = try budget.permits.with { () throws -> ONNXModelFile in
      try store.onnx(for: network, actionUnitsOnly: plan.actionUnitsOnly)
    }
    if network == .multitask, let division = plan.division, let parts = store.divided(file, outputs: ["au"]) {
      let sessions = StageThread.sideBySide(
        "open",
        [
          { @Sendable [self] in try openSession(file, path: parts.backbone, division.backbone) },
          { @Sendable [self] in try openSession(file, path: parts.head, division.head) },
        ])
      return OpenedNetwork(file: file, sessions: .divided(backbone: try sessions[0].get(), head: try sessions[1].get()))
    }
    let whole = plan.session(of: network)
    let session = try openSession(file, path: file.path, whole)
    if network == .retinaface, let coarse = openCoarseSession(file, whole) {
      return OpenedNetwork(file: file, sessions: .withCoarse(session, coarse: coarse))
    }
    return OpenedNetwork(file: file, sessions: .one(session))
  }

  private func openSession(_ file: ONNXModelFile, path: String, _ plan: SessionPlan) throws -> InferenceSession {
    let dimensions = plan.batch.flatMap { size in file.batchDimension.map { [$0: size] } }
    let configuration = SessionConfiguration(
      providers: plan.providers, threads: 1, streams: plan.streams, dimensions: dimensions ?? [:],
      cacheDirectory: store.cacheDirectory.appending(path: "compiled").path(percentEncoded: false), providerOptions: providerOptions)
    // The multitask network takes longest to open, so it goes before the others.
    return try budget.permits.with(file.network == .multitask ? .high : .middle) { () throws -> InferenceSession in
      try InferenceSession(modelPath: path, runtime: runtime, configuration: configuration)
    }
  }

  /// Opens a version of RetinaFace without its finest grid of anchors. Returns nil if the grid cannot be removed because the file has
  /// another structure than expected.
  private func openCoarseSession(_ file: ONNXModelFile, _ plan: SessionPlan) -> InferenceSession? {
    guard let model = file.withoutFinestGrid else { return nil }
    return try? InferenceSession(
      model: model, name: file.network.rawValue, runtime: runtime,
      configuration: SessionConfiguration(providers: plan.providers, threads: 1, streams: plan.streams, providerOptions: providerOptions))
  }
}
