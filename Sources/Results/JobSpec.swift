public import ActionUnits
public import Foundation
public import ModelStore

/// The description of a job: its inputs, and all options that affect its results.
///
/// The command line makes a description from its arguments or reads it from a file (`splitface run --spec`). The record of a finished job
/// contains it as ``RunRecord/spec``. Threads, execution providers, and the places of libraries and networks are not part of the
/// description, because they do not affect the results; see `SplitterConfiguration` in the module `SplitFace`.
///
/// ```swift
/// var spec = JobSpec(.process, inputs: [URL(filePath: "visit.mov")])
/// spec.engine = .mediapipe
/// spec.output = URL(filePath: "results")
/// print(String(decoding: try spec.encoded(), as: UTF8.self))
/// ```
public struct JobSpec: Sendable, Hashable {
  /// Which outputs are made from each video.
  public var kind: JobKind

  // MARK: Which files

  /// Videos, still images, and folders of videos.
  public var inputs: [URL]
  /// The folder for the outputs; nil to write them to the folder of each input.
  public var output: URL?
  /// Whether to search for videos in the subfolders of input folders too.
  public var recursive = false
  /// Whether to replace existing outputs.
  public var overwrite = false

  // MARK: Measuring

  /// Which networks measure Action Units.
  public var engine = EngineChoice.auto
  /// Which landmarks the engine `openface3` measures blinks on.
  public var blink = BlinkChoice.auto
  /// Additional columns in the Action Unit tables. They contain `nan` if the engine does not provide them.
  public var extraColumns: Set<ExtraColumn> = []
  /// The user's own ONNX files, which are used instead of the installed networks.
  public var models: [NetworkName: URL] = [:]

  // MARK: Video

  /// How the video is turned upright.
  public var orientation = OrientationChoice.auto
  /// What happens to the audio of the video.
  public var audio = AudioChoice.copy
  /// FFmpeg's name of the video encoder; nil for the first known one that works on this machine.
  public var encoder: String?
  /// What the encoder libx264 keeps constant over the video.
  public var rateControl = RateControlChoice.quantizer

  // MARK: Further outputs

  /// Whether to write `<stem>_landmarks.csv`, a table of the tracker's mesh and blendshapes in every frame. Every kind of job can write it.
  public var landmarks = false
  /// Whether to compare the two sides and write `<stem>_asymmetry.csv`, `_summary.csv`, `_report.html` and `_curves.png`.
  public var report = true
  /// Whether to embed the videos in the report. The report is then one self-contained file, larger by four thirds of the videos' size.
  public var embed = false

  public init(_ kind: JobKind = .process, inputs: [URL] = []) {
    self.kind = kind
    self.inputs = inputs
  }

  /// Returns this job, restricted to one video of a batch.
  /// - Parameters:
  ///   - input: the video.
  ///   - output: the folder for the video's outputs; nil for the folder of the video.
  public func narrowed(to input: URL, output: URL?) -> JobSpec {
    var spec = self
    spec.inputs = [input]
    spec.output = output
    spec.recursive = false
    return spec
  }
}
