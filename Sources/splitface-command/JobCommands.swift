import ArgumentParser
import Results
import SplitFace

struct ProcessCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "process",
    abstract: "Writes both mirrored videos, the overlay, and the Action Units of both sides.",
    discussion: """
      The outputs for VIDEO.mov are: the videos VIDEO_left_mirrored.mp4, VIDEO_right_mirrored.mp4 and VIDEO_debug.mp4 (the overlay); \
      VIDEO_left_mirrored.csv and VIDEO_right_mirrored.csv, with the Action Units in each frame; VIDEO_face.csv, with midline, head pose \
      and quality in each frame; VIDEO_report.html, VIDEO_curves.png, VIDEO_asymmetry.csv and VIDEO_summary.csv, which compare the two \
      sides; VIDEO_columns.json, which explains each column; and VIDEO_run.json, the record of the job. Their paths are printed.
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
    discussion: "Options of 'process' that have no effect on 'mirror' are accepted, and a note says so.")

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
      The outputs for VIDEO.mov are VIDEO.csv, with the Action Units in each frame, VIDEO_columns.json and VIDEO_run.json. If the folder \
      already contains outputs of 'process' or 'mirror', the last two are named VIDEO_extract_columns.json and VIDEO_extract_run.json. \
      Options of 'process' that have no effect on 'extract' are accepted, and a note says so.
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
