import ActionUnits
public import Foundation
import Inference
import ModelStore
public import Results

/// Turns videos of a face into mirrored videos and Action Units.
///
/// A splitter loads ONNX Runtime and the networks once. Jobs may then be started one after the other or several at once. They share the
/// networks, but no state is carried from one job to the next.
///
/// On Linux, a program that processes videos should call ``ProcessMemory/limitArenas()`` at its start: with glibc's default settings, a job
/// takes more memory the longer the video is.
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
  ///   - spec: the job. Its inputs are not read yet.
  ///   - configuration: the threads, execution providers and libraries to use.
  /// - Throws: `SplitFaceError`: `inferenceFailed` if ONNX Runtime is missing or too old, `modelUnavailable` if a network is not installed
  ///   or cannot be loaded.
  public init(for spec: JobSpec = JobSpec(), on configuration: SplitterConfiguration = SplitterConfiguration()) throws {
    self.spec = spec
    do { networks = try LoadedNetworks(spec.effective, on: configuration) } catch { throw SplitFaceError.loadingFailure(error) }
  }

  /// The engine that measures Action Units, and the reason for using it; nil if the job does not measure.
  public var engineSelection: EngineSelection? { networks.engineSelection }

  /// Messages for the user before the first job: which engine was chosen and why, and which execution providers could not be used.
  public var notes: [String] {
    [engineSelection?.description].compactMap(\.self) + networks.providerNotes
  }

  /// Starts a job and returns at once.
  /// - Parameters:
  ///   - input: the video.
  ///   - spec: the job; nil for the splitter's own ``spec``. Another job must not need networks that the splitter has not loaded; otherwise
  ///     it fails with `misuse`. The inputs that the spec names are ignored.
  public func start(_ input: URL, as spec: JobSpec? = nil) -> FaceJob {
    let spec = (spec ?? self.spec).effective
    return FaceJob { [self, networks] control, progress in
      guard spec.needsNoNetworks(beyond: self.spec.effective) else {
        throw SplitFaceError(.misuse, "the job needs networks that this splitter has not loaded; create a FaceSplitter for this job")
      }
      return try VideoJob(spec: spec, input: input, networks: networks, control: control).run(progress: progress)
    }
  }

  /// Returns what earlier runs have left for a video.
  func earlierRun(of item: BatchItem, spec: JobSpec) -> EarlierRun {
    EarlierRun(of: item, spec: spec, networks: networks)
  }
}

extension JobSpec {
  /// Returns whether the networks that were loaded for another job are sufficient for this one.
  fileprivate func needsNoNetworks(beyond other: JobSpec) -> Bool {
    func trackingModels(_ spec: JobSpec) -> [NetworkName: URL] { spec.models.filter { !JobSpec.measuringNetworks.contains($0.key) } }
    guard trackingModels(self) == trackingModels(other) else { return false }
    let measureAlike = models == other.models && engine == other.engine && blink == other.blink && extraColumns == other.extraColumns
    return !kind.measures || other.kind.measures && measureAlike
  }
}
