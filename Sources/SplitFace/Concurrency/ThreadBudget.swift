import Foundation

/// How many threads compute at once, in the whole program, and how they are divided.
///
/// Every stage has a thread of its own, but takes a permit while it computes; library pools (decoder, encoders, inference) get one
/// thread each unless the budget is large. So no machine is oversubscribed, and the division never changes a result: groups of frames
/// are formed by frame number, not by who is free.
///
/// There are `total` permits; two more where nobody asked for fewer threads than the machine has cores. A permit passes to a thread that
/// sleeps, and until that one runs its core would idle. (Of two cores' time 0.92 was used with one permit more, 0.96 with two,
/// and no more than that with three or six.)
public struct ThreadBudget: Sendable {
  /// Threads that compute at once.
  public let total: Int
  /// Threads of the video decoder: more than one only where cores are left over, since one decodes 1080p several
  /// times faster than the networks can look at it.
  public let decoder: Int
  /// Threads of each encoder. Always one: x264's output depends on its thread count, and ours must not.
  public let encoder = 1
  /// Groups of frames that are mirrored and measured side by side: one more than cores, for one always waits for its turn to look for the
  /// face. Capped, since each holds its frames in memory and encoders and face tracking, which are sequential, are saturated before.
  public let workers: Int
  /// The same of a job that encodes nothing: another one more, since no encoder takes the core on which two wait. (`extract` used 0.97 of
  /// two cores' time with it, and 0.94 to 0.96 without, in three series of 5 to 11 runs. With encoders there was no difference.)
  public let workersWithoutEncoders: Int
  /// Batches that the engine's networks measure at once. Capped, since OpenVINO holds the memory of a run for each.
  public let inferenceStreams: Int
  /// Shared by the copies of a budget, so by all jobs of one `FaceSplitter`.
  let permits: ComputePermits
  /// One for each of `inferenceStreams`, taken before a permit: who waits for a network must not keep a core from the others.
  let streams: ComputePermits

  /// - Parameter total: nil for as many as the machine has cores.
  public init(total: Int? = nil) {
    let isWholeMachine = total == nil
    let total = max(1, total ?? ProcessInfo.processInfo.activeProcessorCount)
    self.total = total
    decoder = min(4, max(1, total / 4))
    workers = min(8, total + 1)
    workersWithoutEncoders = min(8, total + 2)
    inferenceStreams = min(8, total + 1)
    permits = ComputePermits(isWholeMachine ? total + 2 : total)
    streams = ComputePermits(inferenceStreams)
  }
}
