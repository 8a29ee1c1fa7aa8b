import Foundation
import Inference
import ModelStore
import Results
import SplitFace

/// Times every installed network on random input, on one thread.
struct NetworkBenchmark: Sendable {
  let spec: JobSpec
  let configuration: SplitterConfiguration
  /// Whether providers that jobs would not use are timed as well.
  let everyProvider: Bool
  let batches: [Int]

  /// A measurement ends when it has made at least `leastRuns` runs and has taken at least `leastSeconds`.
  private static let leastRuns = 3
  private static let leastSeconds = 0.3
  /// The height and width for an input of variable size: the size of the crop in which RetinaFace usually looks for a face.
  private static let freeSide = 320

  /// Times the networks.
  /// - Returns: One row for each network, provider and batch size, and a note for each combination that does not run.
  func run(progress: (String) -> Void) throws -> (rows: [BenchmarkReport.NetworkRow], notes: [String]) {
    let runtime = try InferenceRuntime.load(library: configuration.inferenceLibrary)
    let store = ModelStore(directory: configuration.modelDirectory, overrides: spec.models)
    let usual = configuration.providers ?? InferenceRuntime.defaultProviders
    let providers = (everyProvider ? ExecutionProvider.allCases : usual).filter { runtime.availableProviders.contains($0.runtimeName) }
    var rows: [BenchmarkReport.NetworkRow] = []
    var notes: [String] = []
    for network in NetworkName.allCases where store.has(network) {
      let file = try store.onnx(for: network, actionUnitsOnly: spec.extraColumns.isEmpty)
      for provider in everyProvider ? providers : Array(providers.prefix(1)) {
        progress("\(network.rawValue) on \(provider.displayName)")
        func session(_ dimensions: [String: Int] = [:]) throws(InferenceError) -> InferenceSession {
          try InferenceSession(
            modelPath: file.path, runtime: runtime,
            configuration: SessionConfiguration(
              providers: [provider], threads: 1, dimensions: dimensions, providerOptions: configuration.providerOptions))
        }
        // A variable batch size is fixed here, as jobs fix it for their slowest networks, since some providers need twice the time for a
        // variable one.
        var failures: [String: [Int]] = [:]
        let free = file.batchDimension
        // A network with a fixed batch size is opened and timed once, with that size.
        for batch in free == nil ? [1] : batches {
          do {
            let session = try session(free.map { [$0: batch] } ?? [:])
            let batch = free == nil ? Self.batch(of: session) : batch
            let seconds = try Self.seconds(of: session, batch: batch)
            rows.append(
              BenchmarkReport.NetworkRow(
                network: network.rawValue, provider: provider.rawValue, batch: batch, millisecondsPerImage: 1000 * seconds / Double(batch)))
          } catch let error as InferenceError {
            failures[error.description, default: []].append(batch)
          }
        }
        for (reason, sizes) in failures.sorted(by: { $0.value[0] < $1.value[0] }) {
          let which = free == nil ? "" : " in batches of \(sizes.map(String.init).joined(separator: ", "))"
          notes.append("\(network.rawValue) does not run on \(provider.displayName)\(which): \(reason)")
        }
      }
    }
    return (rows, notes)
  }

  private static func batch(of session: InferenceSession) -> Int { session.inputs.first?.shape.first?.flatMap(\.self) ?? 1 }

  /// The duration of the median run in seconds. The first run is not counted, since some providers compile during it.
  private static func seconds(of session: InferenceSession, batch: Int) throws -> Double {
    let inputs = session.inputs.map { input in
      let shape = input.shape.enumerated().map { axis, length in length ?? (axis == 0 ? batch : freeSide) }
      return (input.name, Tensor(shape: shape) { buffer in fill(buffer) })
    }
    let outputs = session.outputs.map(\.name)
    _ = try session.run(inputs, outputs: outputs)
    var times: [Double] = []
    while times.count < leastRuns || times.reduce(0, +) < leastSeconds {
      let start = ContinuousClock.now
      _ = try session.run(inputs, outputs: outputs)
      times.append((ContinuousClock.now - start) / .seconds(1))
    }
    return times.sorted()[times.count / 2]
  }

  /// Fills a buffer with reproducible noise between 0 and 1, from Knuth's MMIX linear congruential generator.
  private static func fill(_ buffer: UnsafeMutableBufferPointer<Float>) {
    var state: UInt64 = 1
    for index in buffer.indices {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      buffer[index] = Float(state >> 40) / Float(1 << 24)
    }
  }
}
