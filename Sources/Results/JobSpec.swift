public import ActionUnits
public import Foundation
public import ModelStore

/// Everything that is asked of a job, as a value.
///
/// The command line makes it from its arguments and reads it from a file (`splitface run --spec`); the record of a finished job holds it
/// (``RunRecord/spec``). What the work runs on (threads, execution providers, where libraries and networks are) is not part of it, because
/// it does not decide what comes out: see `SplitterConfiguration` in the module `SplitFace`.
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
  /// Also looks into the subfolders of folders.
  public var recursive = false
  /// Replaces outputs that exist.
  public var overwrite = false

  // MARK: Measuring

  public var engine = EngineChoice.auto
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

  /// Also writes `<stem>_landmarks.csv`, the tracker's mesh and blendshapes in every frame, whatever the kind of job.
  public var landmarks = false
  /// Compares the two sides: writes `<stem>_asymmetry.csv`, `_summary.csv`, `_report.html` and `_curves.png`.
  public var report = true
  /// Puts the videos into the report, which then is one self-contained file, larger by four thirds of their size.
  public var embed = false

  public init(_ kind: JobKind = .process, inputs: [URL] = []) {
    self.kind = kind
    self.inputs = inputs
  }

  /// The same job for one video of a batch.
  /// - Parameter output: the folder for its outputs.
  public func narrowed(to input: URL, output: URL?) -> JobSpec {
    var spec = self
    spec.inputs = [input]
    spec.output = output
    spec.recursive = false
    return spec
  }
}
