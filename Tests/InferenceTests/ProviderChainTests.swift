import Inference
import Synchronization
import Testing

@Suite struct ProviderChainTests {
  private let warnings = Log()

  /// A chain whose sessions are just their providers.
  private func chain(
    _ providers: [ExecutionProvider], failing: Set<ExecutionProvider> = [], code: InferenceError.Code = .providerUnavailable,
    made: Log = Log()
  ) throws -> ProviderChain<ExecutionProvider> {
    let warnings = warnings
    return try ProviderChain("net", providers: providers) {
      warnings.add($1)
    } make: { provider, _ throws(InferenceError) in
      made.add(provider.rawValue)
      if failing.contains(provider) { throw InferenceError(code, "no \(provider.rawValue) here") }
      return provider
    }
  }

  private static func runs(only good: ExecutionProvider) -> @Sendable (ExecutionProvider) throws(InferenceError) -> String {
    { provider throws(InferenceError) in
      guard provider == good else { throw InferenceError(.runFailed, "\(provider.rawValue) broke") }
      return "ran on \(provider.rawValue)"
    }
  }

  @Test func theFirstProviderThatCanRunTheNetworkIsUsed() throws {
    let chain = try chain([.coreML, .cuda, .openVINO, .cpu], failing: [.coreML, .cuda])
    #expect(chain.provider == .openVINO)
    #expect(chain.notes == ["Core ML: no coreML here", "CUDA: no cuda here"])
    #expect(warnings.lines.isEmpty)
  }

  @Test func ifNoProviderCanRunTheNetworkTheErrorGivesAllReasons() {
    let error = #expect(throws: InferenceError.self) { try chain([.cuda, .cpu], failing: [.cuda, .cpu]) }
    #expect(error?.code == .providerUnavailable)
    #expect(error?.message == "no execution provider can run the network net: CUDA: no cuda here; CPU: no cpu here")
    #expect(throws: InferenceError.self) { try chain([]) }
  }

  @Test func anUnreadableModelIsNotTriedOnOtherProviders() {
    let made = Log()
    let error = #expect(throws: InferenceError.self) { try chain([.cuda, .cpu], failing: [.cuda], code: .modelUnreadable, made: made) }
    #expect(error?.code == .modelUnreadable)
    #expect(made.lines == ["cuda"])
  }

  @Test func aProviderThatFailsDuringARunIsReplaced() throws {
    let chain = try chain([.cuda, .openVINO, .cpu], failing: [.openVINO])
    #expect(try chain.run(Self.runs(only: .cpu)) == "ran on cpu")
    #expect(chain.provider == .cpu)
    #expect(chain.notes == ["CUDA: cuda broke", "OpenVINO: no openVINO here"])
    #expect(warnings.lines == ["net failed on CUDA and now runs on CPU: cuda broke"])
    #expect(try chain.run(Self.runs(only: .cpu)) == "ran on cpu")
    #expect(warnings.lines.count == 1)
  }

  @Test func aRunThatFailsOnEveryProviderChangesNothing() throws {
    let chain = try chain([.openVINO, .cpu])
    let error = #expect(throws: InferenceError.self) { try chain.run(Self.runs(only: .coreML)) }
    #expect(error?.code == .runFailed)
    #expect(error?.message == "openVINO broke; on CPU too: cpu broke")
    #expect(chain.provider == .openVINO)
    #expect(chain.notes.isEmpty)
  }

  @Test func anErrorOfTheCallerDoesNotChangeTheProvider() throws {
    let made = Log()
    let chain = try chain([.openVINO, .cpu], made: made)
    let error = #expect(throws: InferenceError.self) {
      try chain.run { _ throws(InferenceError) in throw InferenceError(.shapeMismatch, "wrong") }
    }
    #expect(error?.code == .shapeMismatch)
    #expect(made.lines == ["openVINO"])
  }

  @Test func threadsThatFailAtTheSameTimeReplaceTheProviderOnce() throws {
    let made = Log()
    let chain = try chain([.openVINO, .cpu], made: made)
    let results = Log()
    runOnThreads(8) { _ in results.add((try? chain.run(Self.runs(only: .cpu))) ?? "failed") }
    #expect(results.lines == Array(repeating: "ran on cpu", count: 8))
    #expect(made.lines == ["openVINO", "cpu"])
    #expect(warnings.lines.count == 1)
  }
}

private final class Log: Sendable {
  private let entries = Mutex<[String]>([])
  var lines: [String] { entries.withLock { $0 } }
  func add(_ line: String) { entries.withLock { $0.append(line) } }
}
