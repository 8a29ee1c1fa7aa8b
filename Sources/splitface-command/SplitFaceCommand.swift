import ArgumentParser
import SplitFace

@main
struct SplitFaceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "splitface",
    abstract: "Turns a video of a face into a measure of its two sides.",
    discussion: """
      Mirrors each half of a face across its midline into a whole face, and measures facial Action Units on both. \
      Left and right are the person's own.
      """,
    version: SplitFaceVersion.current,
    subcommands: [
      ProcessCommand.self, MirrorCommand.self, ExtractCommand.self, RunCommand.self, VerifyCommand.self, ModelsCommand.self,
      DoctorCommand.self,
      BenchmarkCommand.self,
    ])

  static func main() async {
    ProcessMemory.limitArenas()
    await main(nil)
  }
}
