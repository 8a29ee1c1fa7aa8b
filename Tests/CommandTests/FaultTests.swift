import Foundation
import TestSupport
import Testing

/// Full disks, calls that fail, inputs that change, a provider that breaks, signals: Tools/faults/faults.py makes them happen to the built
/// program, and says of each how it ended.
@Suite(Command.trait, FaultTools.trait) struct FaultTests {
  @Test(.timeLimit(.minutes(20))) func everyFaultEndsWellAndSaysWhatItWas() throws {
    let python = try #require(ChildProcess.find("python3"))
    let program = try #require(PackageLocation.splitface)
    let clip = try #require(SharedData.file("carphone_pristine.mp4"))
    // How soon a signal ends a run is measured on a machine of one's own; here it only has to end.
    let result = try ChildProcess.run(
      python, [FaultTools.folder.appending(path: "faults.py").path, program.path, clip.path], environment: ["FAULTS_SIGNAL_SECONDS": "60"],
      timeout: 1100)
    #expect(result.status == 0 && !result.timedOut, "\(result.output)\n\(result.errors)")
    #expect(result.output.contains("0 wrong"))
  }
}
