import Foundation
import TestSupport
import Testing

/// Runs the built program with full disks, failing calls, changing inputs, a provider that fails, and signals. Tools/faults/faults.py causes each
/// of them and checks how the run ended.
@Suite(Command.trait, FaultTools.trait) struct FaultTests {
  @Test(.timeLimit(.minutes(20))) func everyFaultIsReportedAndLeavesACleanState() throws {
    let python = try #require(ChildProcess.find("python3"))
    let program = try #require(PackageLocation.splitface)
    let clip = try #require(SharedData.file("carphone_pristine.mp4"))
    // The time until a signal ends a run is measured on an otherwise idle machine. Here the run only has to end.
    let result = try ChildProcess.run(
      python, [FaultTools.folder.appending(path: "faults.py").path, program.path, clip.path], environment: ["FAULTS_SIGNAL_SECONDS": "60"],
      timeout: 1100)
    #expect(result.status == 0, "\(result.output)\n\(result.errors)")
    #expect(!result.timedOut)
    #expect(result.output.contains("0 wrong"))
  }
}
