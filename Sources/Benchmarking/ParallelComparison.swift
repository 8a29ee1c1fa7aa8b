import Foundation
import Inference
import ModelStore
import Results
import SplitFace

/// Measures the same frames once with N threads in one process, and once with N processes that each load their own networks.
///
/// All these processes are child processes that run `ParallelWorker`, so that their memory and start-up time can be measured separately.
struct ParallelComparison: Sendable {
  /// The path of the `splitface` program. Its `benchmark` command runs a worker if `--worker` is given.
  let program: URL
  let video: URL
  let spec: JobSpec
  let configuration: SplitterConfiguration
  let workers: Int

  func run(progress: (String) -> Void) throws -> [BenchmarkReport.ComparisonRow] {
    progress("one process with \(workers) threads")
    let threading = try measure(.threading, parts: [ParallelWorker.Part(index: 0, count: 1, threads: workers)])
    progress("\(workers) processes")
    let processes = (0..<workers).map { ParallelWorker.Part(index: $0, count: workers, threads: 1) }
    return [threading, try measure(.multiprocessing, parts: processes)]
  }

  private func measure(
    _ form: BenchmarkReport.ComparisonRow.Form, parts: [ParallelWorker.Part]
  ) throws -> BenchmarkReport.ComparisonRow {
    let start = ContinuousClock.now
    var children: [Child] = []
    defer { for child in children { child.end() } }
    for part in parts { children.append(try Child(program, arguments(for: part))) }
    for child in children { try child.waitUntilReady() }
    let ready = ContinuousClock.now
    for child in children { try child.go() }
    let outcomes = try children.map { try $0.outcome() }
    let seconds = (ContinuousClock.now - ready) / .seconds(1)
    let frames = outcomes.reduce(0) { $0 + $1.frames }
    return BenchmarkReport.ComparisonRow(
      form: form, workers: workers, frames: frames, framesPerSecond: Double(frames) / seconds,
      peakMemory: outcomes.reduce(0) { $0 + $1.peakMemory }, startUp: (ready - start) / .seconds(1))
  }

  private func arguments(for part: ParallelWorker.Part) -> [String] {
    var arguments = ["benchmark", video.path, "--worker", part.description, "--engine", spec.engine.rawValue]
    if let providers = configuration.providers { arguments += ["--providers", providers.map(\.rawValue).joined(separator: ",")] }
    for (network, file) in spec.models { arguments += ["--model", "\(network.rawValue)=\(file.path)"] }
    return arguments
  }

  /// A worker process. It sends `ready`, waits until it receives a line, measures, and sends its outcome as one line of JSON.
  private final class Child {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var unread = Data()

    init(_ program: URL, _ arguments: [String]) throws {
      process.executableURL = program
      process.arguments = arguments
      process.standardInput = input
      process.standardOutput = output
      try process.run()
    }

    func waitUntilReady() throws {
      while try line() != ParallelWorker.ready {}
    }

    func go() throws { try input.fileHandleForWriting.write(contentsOf: Data("go\n".utf8)) }

    func outcome() throws -> ParallelWorker.Outcome {
      while true {
        let line = try line()
        if line.hasPrefix("{") { return try JSONDecoder().decode(ParallelWorker.Outcome.self, from: Data(line.utf8)) }
      }
    }

    func end() {
      if process.isRunning { process.terminate() }
      process.waitUntilExit()
    }

    private func line() throws -> String {
      while true {
        if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
          let line = String(decoding: unread[..<end], as: UTF8.self)
          unread = Data(unread[(end + 1)...])
          return line
        }
        // `availableData` returns as soon as there are some bytes, while `read(upToCount:)` would wait for all of them.
        let more = output.fileHandleForReading.availableData
        guard !more.isEmpty else {
          throw SplitFaceError(.failed, "a worker process of the comparison ended early; its error message is above")
        }
        unread += more
      }
    }
  }
}
