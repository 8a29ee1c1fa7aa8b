import ArgumentParser
import SplitFace

@main
struct SplitFaceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "splitface",
    abstract: "Measures the two sides of a face in a video separately.",
    discussion: """
      Mirrors each half of the face across the midline, so that it becomes a whole face, and measures the facial Action Units of both \
      faces. Left and right are the person's own.
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
