import Foundation
import TestSupport
import Testing

/// Full disks, calls that fail, inputs that change, a provider that breaks, signals: Tools/faults/faults.py makes them happen to the built
/// program, and says of each how it ended.
@Suite(Command.trait, FaultTests.trait) struct FaultTests {
  private static let tools = PackageLocation.root.appending(path: "Tools/faults")

  /// Mounts need root or a namespace of one's own, which containers often don't give.
  static var trait: ConditionTrait {
    let reason: Comment
    if ChildProcess.find("python3") == nil || ChildProcess.find("cc") == nil {
      reason = "no python3 or no cc in PATH"
    } else if !canMount {
      reason = "no file system can be mounted here"
    } else {
      return .enabled(if: true)
    }
    return .enabled(if: false, reason)
  }

  private static var canMount: Bool {
    guard let unshare = ChildProcess.find("unshare"), let folder = try? TemporaryDirectory() else { return false }
    let user = geteuid() == 0 ? [] : ["--map-root-user"]
    let mount = ["--mount", "mount", "-t", "tmpfs", "tmpfs", folder.url.path]
    let result = try? ChildProcess.run(unshare, user + mount)
    return result?.status == 0 && result?.wasSignalled == false
  }

  @Test(.timeLimit(.minutes(20))) func everyFaultEndsWellAndSaysWhatItWas() throws {
    let python = try #require(ChildProcess.find("python3"))
    let program = try #require(PackageLocation.splitface)
    let clip = try #require(SharedData.file("carphone_pristine.mp4"))
    // How soon a signal ends a run is measured on a machine of one's own; here it only has to end.
    let result = try ChildProcess.run(
      python, [Self.tools.appending(path: "faults.py").path, program.path, clip.path], environment: ["FAULTS_SIGNAL_SECONDS": "60"],
      timeout: 1100)
    #expect(result.status == 0 && !result.timedOut, "\(result.output)\n\(result.errors)")
    #expect(result.output.contains("0 wrong"))
  }
}
