import Foundation
import Inference
import Synchronization
import TestSupport
import Testing

@Suite(InstalledRuntime.enabled) struct InferenceSessionTests {
  private let runtime: InferenceRuntime

  init() throws { runtime = try InstalledRuntime.result.get() }

  private func session(
    _ model: [UInt8], _ providers: [ExecutionProvider] = [.cpu], threads: Int = 1, streams: Int = 1
  ) throws -> InferenceSession {
    try InferenceSession(
      model: model, name: "tiny", runtime: runtime,
      configuration: SessionConfiguration(providers: providers, threads: threads, streams: streams))
  }

  @Test(arguments: InstalledRuntime.providers)
  func everyProviderComputesTheNetworksFunction(on provider: ExecutionProvider) throws {
    let session = try session(TinyModel.sum, [provider])
    #expect(session.provider == provider)
    #expect(session.providerNotes.isEmpty)
    let x = Tensor(shape: [2, 3], scalars: [1, 2, 3, -4, 5, 6])
    let results = try session.run([("x", x)], outputs: ["z", "y"])
    #expect(results.map(\.shape) == [[2, 3], [2, 3]])
    #expect(results[0].scalars == [1, 4, 9, 16, 25, 36])
    #expect(results[1].scalars == [11, 22, 33, 6, 25, 36])
    #expect(x.scalars == [1, 2, 3, -4, 5, 6])
  }

  @Test func inputsAndOutputsAreDescribed() throws {
    let session = try session(TinyModel.sum)
    #expect(session.name == "tiny")
    #expect(session.inputs == [TensorDescription(name: "x", shape: [nil, 3], elementType: .float32)])
    #expect(session.outputs.map(\.name) == ["y", "z"])
    #expect(session.inputs.map(\.description) == ["x N×3"])
  }

  @Test(arguments: InstalledRuntime.providers)
  func aFreeBatchTakesAnyNumberOfItems(on provider: ExecutionProvider) throws {
    let session = try session(TinyModel.sum, [provider])
    for batch in [1, 7, 2, 64, 1] {
      let x = Tensor(shape: [batch, 3], scalars: (0..<batch * 3).map(Float.init))
      let y = try session.run([("x", x)], outputs: ["y"])[0]
      #expect(y.shape == [batch, 3])
      let constants: [Float] = [10, 20, 30]
      let expected = (0..<batch * 3).map { index in Float(index) + constants[index % 3] }
      #expect(y.scalars == expected)
    }
  }

  @Test func outputsOutliveTheirSession() throws {
    var session: InferenceSession? = try session(TinyModel.sum)
    let y = try #require(try session?.run([("x", Tensor(shape: [1, 3], scalars: [0, 0, 0]))], outputs: ["y"]))[0]
    session = nil
    #expect(y.scalars == [10, 20, 30])
    #expect(y.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) } % 64 == 0)
  }

  @Test(arguments: InstalledRuntime.providers, [1, 2])
  func concurrentRunsGiveTheSameValuesAsSingleRuns(on provider: ExecutionProvider, streams: Int) throws {
    let session = try session(TinyModel.chain, [provider], streams: streams)
    let batches = [1, 3, 8, 5]
    @Sendable func run(_ batch: Int) throws -> [Float] {
      let x = Tensor(shape: [batch, 64], scalars: (0..<batch * 64).map { Float(($0 * 31 + batch) % 97) / 97 - 0.5 })
      return try session.run([("t0", x)], outputs: ["t8"])[0].scalars
    }
    let expected = try batches.map(run)
    #expect(expected.allSatisfy { $0.contains { $0 != 0 } })
    let differing = Mutex(0)
    let failed = Mutex<String?>(nil)
    runOnThreads(4) { thread in
      for round in 0..<50 {
        let index = (thread + round) % batches.count
        do {
          if try run(batches[index]) != expected[index] { differing.withLock { $0 += 1 } }
        } catch { failed.withLock { $0 = "\(error)" } }
      }
    }
    #expect(failed.withLock { $0 } == nil)
    #expect(differing.withLock { $0 } == 0)
  }

  @Test func aTensorThatDoesNotFitIsRefused() throws {
    let session = try session(TinyModel.sum)
    for shape in [[2, 4], [3], [1, 1, 3]] {
      let error = #expect(throws: InferenceError.self) {
        try session.run([("x", Tensor(shape: shape) { $0.update(repeating: 0) })], outputs: ["y"])
      }
      #expect(error?.code == .shapeMismatch)
      #expect(error?.message == "tiny takes the input x N×3, but was given a tensor of \(shape.map(String.init).joined(separator: "×"))")
    }
  }

  @Test func wrongNamesAreRefused() throws {
    let session = try session(TinyModel.sum)
    let x = Tensor(shape: [1, 3], scalars: [0, 0, 0])
    func code(_ inputs: [(String, Tensor)], _ outputs: [String]) -> InferenceError.Code? {
      do {
        _ = try session.run(inputs, outputs: outputs)
        return nil
      } catch { return error.code }
    }
    #expect(code([("x", x)], ["y"]) == nil)
    #expect(code([("x", x)], ["nothing"]) == .nameMismatch)
    #expect(code([("v", x)], ["y"]) == .nameMismatch)
    #expect(code([], ["y"]) == .nameMismatch)
    #expect(code([("x", x), ("x", x)], ["y"]) == .nameMismatch)
  }

  @Test func anOutputOfIntegersIsRefused() throws {
    let session = try session(TinyModel.integerOutput)
    let error = #expect(throws: InferenceError.self) {
      try session.run([("x", Tensor(shape: [1, 3], scalars: [0, 1, 2]))], outputs: ["i"])
    }
    #expect(error?.code == .elementTypeUnsupported)
  }

  @Test func aProviderThatTheBuildLacksIsSkippedWithANote() throws {
    let missing = ExecutionProvider.allCases.filter { !runtime.availableProviders.contains($0.runtimeName) }
    try #require(!missing.isEmpty)
    let session = try session(TinyModel.sum, missing + [.cpu])
    #expect(session.provider == .cpu)
    #expect(session.providerNotes == missing.map { "\($0.displayName): not in this build of ONNX Runtime \(runtime.version)" })
    let error = #expect(throws: InferenceError.self) { try self.session(TinyModel.sum, missing) }
    #expect(error?.code == .providerUnavailable)
    #expect(error?.message.contains(missing[0].displayName) == true)
  }

  @Test func aFailedRunGivesTheReasonAndLeavesTheSessionUsable() throws {
    // Not on OpenVINO: its provider returns wrong values of the declared shape where ONNX Runtime reports the contradiction.
    let session = try session(TinyModel.picky, [.cpu])
    let error = #expect(throws: InferenceError.self) {
      try session.run([("x", Tensor(shape: [3, 3]) { $0.update(repeating: 1) })], outputs: ["y"])
    }
    #expect(error?.code == .runFailed)
    #expect(error?.message.hasPrefix("running tiny on CPU: ") == true)
    #expect(error?.message.contains("\n") == false)
    let y = try session.run([("x", Tensor(shape: [2, 3], scalars: [1, 2, 3, 4, 5, 6]))], outputs: ["y"])
    #expect(y[0].scalars == [1, 2, 3, 4, 5, 6])
  }

  @Test(.enabled(if: InstalledRuntime.providers.contains(.openVINO), "this ONNX Runtime has no OpenVINO"))
  func operatorsThatAreLeftToTheCPUAreNoted() throws {
    // OpenVINO's provider accepts any device name without an error, and then supports no operator.
    let session = try InferenceSession(
      model: TinyModel.sum, name: "tiny", runtime: runtime,
      configuration: SessionConfiguration(
        providers: [.openVINO, .cpu], providerOptions: [.openVINO: ["device_type": "NONSENSE"]]))
    #expect(session.providerNotes.count == 1)
    #expect(session.providerNotes.first?.contains("CPU kernels") == true)
  }

  @Test(.enabled(if: InstalledRuntime.providers.contains(.openVINO), "this ONNX Runtime has no OpenVINO"))
  func aProviderThatRefusesItsOptionsIsSkippedWithANote() throws {
    let session = try InferenceSession(
      model: TinyModel.sum, name: "tiny", runtime: runtime,
      configuration: SessionConfiguration(providers: [.openVINO, .cpu], providerOptions: [.openVINO: ["no_such_key": "1"]]))
    #expect(session.provider == .cpu)
    #expect(session.providerNotes.first?.hasPrefix("OpenVINO: ") == true)
    #expect(session.providerNotes.first?.contains("adding the OpenVINO provider") == true, "\(session.providerNotes)")
  }

  @Test func aDamagedModelIsRefusedByEveryProvider() throws {
    for model in [Array(TinyModel.sum.prefix(TinyModel.sum.count / 2)), [], Array("not a network".utf8)] {
      for providers in [[ExecutionProvider.cpu], InstalledRuntime.providers] {
        let error = #expect(throws: InferenceError.self) { try session(model, providers) }
        #expect(error?.code == .modelUnreadable, "\(model.count) bytes: \(error?.message ?? "")")
        #expect(error?.message.contains("tiny") == true)
      }
    }
  }

  @Test func aMissingModelFileIsNamed() throws {
    let folder = try TemporaryDirectory()
    let path = folder.file("missing.onnx").path
    let error = #expect(throws: InferenceError.self) {
      try InferenceSession(modelPath: path, runtime: runtime, configuration: SessionConfiguration())
    }
    #expect(error?.code == .modelUnreadable)
    #expect(error?.message == "the network missing cannot be read from \(path): No such file or directory")
  }

  @Test func aModelIsReadFromAFile() throws {
    let folder = try TemporaryDirectory()
    let path = folder.file("sum of two.onnx")
    try Data(TinyModel.sum).write(to: path)
    let session = try InferenceSession(modelPath: path.path, runtime: runtime, configuration: SessionConfiguration())
    #expect(session.name == "sum of two")
    #expect(try session.run([("x", Tensor(shape: [1, 3], scalars: [1, 1, 1]))], outputs: ["y"])[0].scalars == [11, 21, 31])
  }
}
