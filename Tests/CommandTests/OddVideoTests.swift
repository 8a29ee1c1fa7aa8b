import Foundation
import TestSupport
import Testing

/// A representative selection of the unusual videos of `Tools/faults`, each processed by the built program. The complete set takes several
/// minutes and is run by hand.
@Suite(.enabled(if: FFmpegTool.isAvailable && SharedData.isAvailable && PackageLocation.installed != nil))
struct OddVideoTests {
  private static let python = ChildProcess.find("python3")
  private static let tools = PackageLocation.root.appending(path: "Tools/faults")

  @Test(.enabled(if: python != nil && PackageLocation.splitface != nil)) func eachVideoGivesTheRightResultOrOneClearError() throws {
    // The suite's and the test's conditions ensure that both exist.
    let (python, program) = try (#require(Self.python), #require(PackageLocation.splitface))
    let folder = try TemporaryDirectory()
    let corpus = folder.file("corpus").path
    let made = try ChildProcess.run(python, [Self.tools.appending(path: "corpus.py").path, corpus, "--quick"], timeout: 180)
    try #require(made.status == 0, "\(made.errors)")
    let arguments = [Self.tools.appending(path: "run-corpus.py").path, program.path, corpus, "--failed", "--limit", "60"]
    let run = try ChildProcess.run(python, arguments, timeout: 600)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
    #expect(!run.timedOut)
    #expect(run.output.contains(" cases: "))
  }
}
