public import ActionUnits
public import Foundation
public import ModelStore

/// The description of a job: its inputs, and all options that affect its results.
///
/// The command line makes it from its arguments or reads it from a file (`splitface run --spec`), and the record of a finished job contains it
/// (``RunRecord/spec``). What the job runs on (threads, execution providers, the places of libraries and networks) is not part of it, because
/// it does not affect the results; see `SplitterConfiguration` in the module `SplitFace`.
///
/// ```swift
/// var spec = JobSpec(.process, inputs: [URL(filePath: "visit.mov")])
/// spec.engine = .mediapipe
/// spec.output = URL(filePath: "results")
/// print(String(decoding: try spec.encoded(), as: UTF8.self))
/// ```
public struct JobSpec: Sendable, Hashable {
  /// What is made of each video.
  public var kind: JobKind

  // MARK: Which files

  /// Videos, still images, and folders of videos.
  public var inputs: [URL]
  /// The folder for the outputs; nil for each input's own folder.
  public var output: URL?
  /// Whether to look into the subfolders of folders too.
  public var recursive = false
  /// Whether to replace outputs that exist.
  public var overwrite = false

  // MARK: Measuring

  /// Which networks measure Action Units.
  public var engine = EngineChoice.auto
  /// Which landmarks OpenFace 3.0's engine measures blinks on.
  public var blink = BlinkChoice.auto
  /// Additional columns in the Action Unit tables: numbers from engines that provide them, `nan` from the others.
  public var extraColumns: Set<ExtraColumn> = []
  /// ONNX files of the user's own, used instead of the installed networks.
  public var models: [NetworkName: URL] = [:]

  // MARK: Video

  public var orientation = OrientationChoice.auto
  public var audio = AudioChoice.copy
  /// FFmpeg's name of the video encoder; nil for the first one that opens.
  public var encoder: String?
  public var rateControl = RateControlChoice.quantizer

  // MARK: Further outputs

  /// Whether to write `<stem>_landmarks.csv`, the tracker's mesh and blendshapes in every frame. This applies to every kind of job.
  public var landmarks = false
  /// Whether to compare the two sides and write `<stem>_asymmetry.csv`, `_summary.csv`, `_report.html` and `_curves.png`.
  public var report = true
  /// Whether to embed the videos in the report, which then is one self-contained file, larger by four thirds of their size.
  public var embed = false

  public init(_ kind: JobKind = .process, inputs: [URL] = []) {
    self.kind = kind
    self.inputs = inputs
  }

  /// Returns the same job for one video of a batch.
  /// - Parameter output: the folder for its outputs.
  public func narrowed(to input: URL, output: URL?) -> JobSpec {
    var spec = self
    spec.inputs = [input]
    spec.output = output
    spec.recursive = false
    return spec
  }
}
