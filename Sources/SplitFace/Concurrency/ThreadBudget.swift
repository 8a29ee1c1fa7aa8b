import Foundation

/// How many threads compute at the same time in the whole process, and how they are divided among the stages of jobs.
///
/// Every stage has a thread of its own and takes a permit while it computes. The thread pools of libraries (decoder, encoders, inference) have
/// one thread each, unless the budget is large. So a machine is never oversubscribed. The division does not affect results: groups of frames
/// are formed by frame number, regardless of which thread is free.
///
/// There are `total` permits, and two more if the number of threads was not given. A permit is passed to a sleeping thread, and until that
/// thread runs, the core would be idle without a further permit.
public struct ThreadBudget: Sendable {
  /// The number of threads that compute at the same time.
  public let total: Int
  /// The number of threads of the video decoder. It is more than one only on machines with many cores, because a single thread decodes 1080p
  /// several times faster than the networks can process it.
  public let decoder: Int
  /// The number of threads of each encoder. It is always one: x264's output depends on the number of its threads, and results must not.
  public let encoder = 1
  /// The number of groups of frames that are mirrored and measured at the same time: one more than cores, because one of them always waits for
  /// its turn to find the face. It is limited because each group holds its frames in memory, and because encoders and face tracking, which are
  /// sequential, are saturated before.
  public let workers: Int
  /// The same for a job that encodes nothing: yet another one, because no encoder uses a core while two groups wait.
  public let workersWithoutEncoders: Int
  /// The number of batches that the engine's networks measure at the same time. It is limited because OpenVINO allocates the memory of a run for
  /// each.
  public let inferenceStreams: Int
  /// One permit for each thread that computes. Copies of a budget share it, and so do all jobs of a `FaceSplitter`.
  let permits: ComputePermits
  /// One permit for each of `inferenceStreams`. It is taken before one of `permits`, so that a thread that waits for a network does not hold
  /// one of those.
  let streams: ComputePermits

  /// Divides a number of threads among the stages.
  /// - Parameter total: the number of threads that compute at the same time; nil for the number of the machine's cores.
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
