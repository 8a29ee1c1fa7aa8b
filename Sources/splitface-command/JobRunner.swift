import ArgumentParser
import Foundation
import Logging
import ModelStore
import Results
import SplitFace

/// Runs a job on all its inputs, and ends the program with an exit code. If a video fails, the others are still processed.
struct JobRunner {
  let spec: JobSpec
  let arguments: RunArguments

  func run() async throws {
    let interruption = Interruption()
    var display = BatchDisplay(style: arguments.progress, verbosity: arguments.verbosity)
    // bootstrap may be called only once in a process. Nothing else calls it, and this method runs once.
    LoggingSystem.bootstrap { [arguments] label in
      TerminalLog(label: label, level: arguments.verbosity.logLevel, isJSON: arguments.progress == .json)
    }
    let plan = BatchPlan(spec)
    let splitter: FaceSplitter
    do { splitter = try FaceSplitter(for: spec, on: arguments.machine.configuration) } catch {
      display.failure(Advice.sentence(for: error))
      throw ExitCode.failure
    }
    let batch = interruption.watch {
      FaceBatch(splitter, plan: plan, jobs: arguments.jobs)
    } stop: {
      $0.cancel()
    }
    display.begin(plan, notes: OptionNotes.withoutEffect(in: spec) + notes(of: splitter))
    var index = BatchIndex(plan)
    var outcomes: [BatchOutcome] = []
    for await event in batch.events {
      display.show(event)
      guard case .ended(let outcome) = event else { continue }
      outcomes.append(outcome)
      index.add(outcome)
      // The index is written after each video in case the run is killed. Errors are ignored here, because writing it at the end reports
      // them.
      if case .done = outcome.state { _ = try? index.write() }
    }
    interruption.unwatch()
    var failed = false
    do {
      for file in try index.write() { Terminal.result(file.path(percentEncoded: false)) }
    } catch {
      display.failure(Advice.sentence(for: error))
      failed = true
    }
    display.end(outcomes)
    let hasFailed = failed || outcomes.contains(where: \.isFailure)
    leave(interruption.happened ? Interruption.exitCode : hasFailed ? ExitCode.failure.rawValue : ExitCode.success.rawValue)
  }

  /// Returns the splitter's notes. If OpenFace 3.0's networks are not installed, the note about the engine includes the command that
  /// installs them.
  private func notes(of splitter: FaceSplitter) -> [String] {
    guard let selection = splitter.engineSelection, selection.reason == .openFace3NotInstalled else { return splitter.notes }
    let command = ProgramName.installation(of: .openFace3)
    return splitter.notes.map { $0 == selection.description ? "\($0) (to install them: \(command))" : $0 }
  }

  /// Ends the program without unloading the networks, because that would only take time. It is safe because all jobs have ended: their
  /// outputs have their final names, and their temporary folders and locks are gone.
  private func leave(_ code: Int32) -> Never {
    fflush(nil)
    _exit(code)
  }
}

extension BatchOutcome {
  var isFailure: Bool { if case .failed = state { true } else { false } }
}
