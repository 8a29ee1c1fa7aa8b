import Foundation
import TestSupport
import Testing

/// A representative part of the odd videos of `Tools/faults`, each given to the program as a user does; all of them take some minutes
/// and are run by hand.
@Suite(.enabled(if: FFmpegTool.isAvailable && SharedData.isAvailable && PackageLocation.installed != nil))
struct OddVideoTests {
  private static let python = ChildProcess.find("python3")
  private static let tools = PackageLocation.root.appending(path: "Tools/faults")

  @Test(.enabled(if: python != nil && PackageLocation.splitface != nil)) func eachGivesTheRightResultOrOneClearError() throws {
    // Both are there, or the test would not run.
    let (python, program) = try (#require(Self.python), #require(PackageLocation.splitface))
    let folder = try TemporaryDirectory()
    let corpus = folder.file("corpus").path
    let made = try ChildProcess.run(python, [Self.tools.appending(path: "corpus.py").path, corpus, "--quick"], timeout: 180)
    try #require(made.status == 0, "\(made.errors)")
    let arguments = [Self.tools.appending(path: "run-corpus.py").path, program.path, corpus, "--failed", "--limit", "60"]
    let run = try ChildProcess.run(python, arguments, timeout: 600)
    #expect(run.status == 0 && !run.timedOut, "\(run.output)\(run.errors)")
    #expect(run.output.contains(" cases: "))
  }
}
