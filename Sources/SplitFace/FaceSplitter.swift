import ActionUnits
public import Foundation
import Inference
import ModelStore
public import Results

/// Turns videos of a face into mirrored videos and Action Units.
///
/// It loads ONNX Runtime and the networks once. Jobs may then be started one after the other or several at once; they share the networks,
/// and no state is carried from one job to the next.
///
/// On Linux, a program that processes videos should call ``ProcessMemory/limitArenas()`` at its start: with the settings that glibc has by
/// default, jobs take more memory the longer the video is.
///
/// ```swift
/// let splitter = try FaceSplitter()
/// let job = splitter.start(URL(filePath: "visit.mov"))
/// for await progress in job.progress { print(progress.framesDone) }
/// print(try await job.result().outputs)
/// ```
public final class FaceSplitter: Sendable {
  /// The job that the networks were loaded for.
  public let spec: JobSpec
  private let networks: LoadedNetworks

  /// Loads the networks that a job needs.
  /// - Parameters:
  ///   - spec: the job; its inputs are not looked at yet.
  ///   - configuration: what the networks run on.
  /// - Throws: `SplitFaceError`: `inferenceFailed` if ONNX Runtime is missing or too old, `modelUnavailable` if a network is not installed or
  ///   cannot be loaded.
  public init(for spec: JobSpec = JobSpec(), on configuration: SplitterConfiguration = SplitterConfiguration()) throws {
    self.spec = spec
    do { networks = try LoadedNetworks(spec.effective, on: configuration) } catch { throw SplitFaceError.loadingFailure(error) }
  }

  /// The engine that measures Action Units, and the reason for using it; nil if the job does not measure.
  public var engineSelection: EngineSelection? { networks.engineSelection }

  /// What the user should know before the first job: which engine was chosen and why, and execution providers that could not be used.
  public var notes: [String] {
    [engineSelection?.description].compactMap(\.self) + networks.providerNotes
  }

  /// Starts a job and returns at once.
  /// - Parameters:
  ///   - input: the video.
  ///   - spec: what is made of it, in place of ``spec``. It may differ from that in anything but the networks that it needs; otherwise the
  ///     job fails with `misuse`. Its own inputs are ignored.
  public func start(_ input: URL, as spec: JobSpec? = nil) -> FaceJob {
    let spec = (spec ?? self.spec).effective
    return FaceJob { [self, networks] control, progress in
      guard spec.needsNoNetworks(beyond: self.spec.effective) else {
        throw SplitFaceError(.misuse, "the job needs other networks than this splitter has loaded; make a splitter for it")
      }
      return try VideoJob(spec: spec, input: input, networks: networks, control: control).run(progress: progress)
    }
  }

  /// What an earlier run has left of a video's outputs.
  func earlierRun(of item: BatchItem, spec: JobSpec) -> EarlierRun {
    EarlierRun(of: item, spec: spec, networks: networks)
  }
}

extension JobSpec {
  /// Whether the networks that were loaded for another job are enough for this one.
  fileprivate func needsNoNetworks(beyond other: JobSpec) -> Bool {
    func trackingModels(_ spec: JobSpec) -> [NetworkName: URL] { spec.models.filter { !JobSpec.measuringNetworks.contains($0.key) } }
    guard trackingModels(self) == trackingModels(other) else { return false }
    let measureAlike = models == other.models && engine == other.engine && blink == other.blink && extraColumns == other.extraColumns
    return !kind.measures || other.kind.measures && measureAlike
  }
}
