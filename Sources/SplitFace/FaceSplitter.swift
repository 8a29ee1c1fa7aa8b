import ActionUnits
public import Foundation
import Inference

/// Turns videos of a face into mirrored videos and Action Units.
///
/// It loads ONNX Runtime and the networks once; jobs may then be started one after the other, or several at once, which
/// share the networks. Nothing is carried from one job to the next.
///
/// ```swift
/// let splitter = try FaceSplitter()
/// let job = splitter.start(.process, input: URL(filePath: "visit.mov"))
/// for await progress in job.progress { print(progress.framesDone) }
/// print(try await job.result().outputs)
/// ```
public final class FaceSplitter: Sendable {
  private let networks: LoadedNetworks

  /// Loads what jobs of this kind need.
  /// - Throws: `SplitFaceError`: `inferenceFailed` where ONNX Runtime is missing or too old, `modelUnavailable` where a
  ///   network is not installed; both name the command that installs it.
  public init(_ configuration: SplitterConfiguration = SplitterConfiguration(), for kind: JobKind = .process) throws {
    do { networks = try LoadedNetworks(configuration, measures: kind.measures) } catch { throw SplitFaceError.loadingFailure(error) }
  }

  /// What the user should know before the first job: which engine was chosen and why, and providers that fell back.
  public var notes: [String] {
    [networks.engineNote].compactMap { $0 } + networks.providerNotes
  }

  /// Starts a job and returns at once.
  public func start(_ kind: JobKind, input: URL, options: JobOptions = JobOptions()) -> FaceJob {
    let networks = networks
    return FaceJob { control, progress in
      try VideoJob(kind: kind, input: input, options: options, networks: networks, control: control).run(progress: progress)
    }
  }

  /// What an earlier run has left for a video, as far as a run now would do the same.
  func earlierRun(of item: BatchItem, kind: JobKind, options: JobOptions) -> EarlierRun {
    EarlierRun(of: item, kind: kind, options: options, networks: networks)
  }
}
