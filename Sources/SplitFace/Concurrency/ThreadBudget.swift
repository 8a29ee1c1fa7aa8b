import Foundation

/// The number of threads that compute at the same time in the whole process, and their division among the stages of jobs.
///
/// Every stage has threads of its own, which take a permit while they compute. The thread pools of libraries (decoder, encoders, inference)
/// have one thread each, unless the budget is large. The machine is therefore never oversubscribed. The division does not affect results:
/// groups of frames are formed by frame number, regardless of which thread is free.
///
/// There are `total` permits, or two more if the number of threads was not given: a permit is passed to a sleeping thread, and without the
/// two a core would be idle until that thread wakes up.
public struct ThreadBudget: Sendable {
  /// The number of threads that compute at the same time.
  public let total: Int
  /// The number of threads of the video decoder. A single thread decodes 1080p several times faster than the networks can process it, so
  /// the decoder gets more than one only on machines with many cores.
  public let decoder: Int
  /// The number of threads of each encoder. It is always one, because the output of x264 depends on its number of threads, and results must
  /// be the same on every machine.
  public let encoder = 1
  /// The number of groups of frames that are mirrored and measured at the same time. It is `total` plus one, because one group always waits
  /// for its turn to find the face.
  ///
  /// It is at most 8, because each group keeps its frames in memory, and because more groups would not make a job faster: they would only
  /// wait for face tracking and the encoders, which process one frame after the other.
  public let workers: Int
  /// The value of ``workers`` for a job that writes no video. It is `total` plus two, because two groups may wait at the same time, and
  /// there is no encoder that could use the cores meanwhile. It is at most 8.
  public let workersWithoutEncoders: Int
  /// The number of batches that the engine's networks measure at the same time. It is at most 8, because OpenVINO allocates memory for each
  /// of them.
  public let inferenceStreams: Int
  /// One permit for each thread that computes. Copies of a budget share it, and so do all jobs of a `FaceSplitter`.
  let permits: ComputePermits
  /// One permit for each of `inferenceStreams`. A thread takes it before it takes one of `permits`, so that a thread that waits for a
  /// stream does not hold a permit that another thread could use.
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
