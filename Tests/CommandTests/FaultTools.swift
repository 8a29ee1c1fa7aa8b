import Foundation
import TestSupport
import Testing

/// The location of Tools/faults, and whether its programs can run on this machine.
enum FaultTools {
  static let folder = PackageLocation.root.appending(path: "Tools/faults")

  /// Skips a test if Python or a C compiler is missing, or if file systems cannot be mounted. Mounting needs root or a separate namespace,
  /// which containers often do not provide.
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
}
