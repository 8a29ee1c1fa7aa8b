import ArgumentParser
import Results
import SplitFace

struct ProcessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "process",
    abstract: "Writes both mirrored videos, the overlay, and the Action Units of both sides.",
    discussion: """
      For VIDEO.mov: VIDEO_left_mirrored.mp4, VIDEO_right_mirrored.mp4 and VIDEO_debug.mp4; VIDEO_left_mirrored.csv and \
      VIDEO_right_mirrored.csv with one row per frame; VIDEO_face.csv with midline, head pose and quality; VIDEO_report.html, \
      VIDEO_curves.png, VIDEO_asymmetry.csv and VIDEO_summary.csv, which compare the two sides; VIDEO_columns.json with what each \
      column means; VIDEO_run.json with what was done and how. Their paths are printed.
      """)

  @OptionGroup var inputs: InputArguments
  @OptionGroup var encoding: EncodingArguments
  @OptionGroup var landmarks: LandmarkArguments
  @OptionGroup var measuring: MeasuringArguments
  @OptionGroup var report: ReportArguments
  @OptionGroup var orientation: OrientationArguments
  @OptionGroup var running: RunArguments

  func run() async throws {
    try await inputs.run(.process, encoding, landmarks, measuring, report, orientation, running)
  }
}

struct MirrorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "mirror",
    abstract: "Writes both mirrored videos and the overlay, without Action Units.",
    discussion: "The options of 'process' that have no effect here are accepted with a note.")

  @OptionGroup var inputs: InputArguments
  @OptionGroup var encoding: EncodingArguments
  @OptionGroup var landmarks: LandmarkArguments
  @OptionGroup(visibility: .hidden) var measuring: MeasuringArguments
  @OptionGroup(visibility: .hidden) var report: ReportArguments
  @OptionGroup var orientation: OrientationArguments
  @OptionGroup var running: RunArguments

  func run() async throws {
    try await inputs.run(.mirror, encoding, landmarks, measuring, report, orientation, running)
  }
}

struct ExtractCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Writes the Action Units of the unmirrored face.",
    discussion: """
      For VIDEO.mov: VIDEO.csv with one row per frame, VIDEO_columns.json and VIDEO_run.json (VIDEO_extract_columns.json and \
      VIDEO_extract_run.json beside the outputs of 'process' or 'mirror'). The options of 'process' that have no effect here are \
      accepted with a note.
      """)

  @OptionGroup var inputs: InputArguments
  @OptionGroup var landmarks: LandmarkArguments
  @OptionGroup(visibility: .hidden) var encoding: EncodingArguments
  @OptionGroup var measuring: MeasuringArguments
  @OptionGroup(visibility: .hidden) var report: ReportArguments
  @OptionGroup var orientation: OrientationArguments
  @OptionGroup var running: RunArguments

  func run() async throws {
    try await inputs.run(.extract, encoding, landmarks, measuring, report, orientation, running)
  }
}
