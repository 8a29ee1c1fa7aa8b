package import Inference

/// How one network, or one part of it, is run.
package struct SessionPlan: Hashable, Sendable {
  /// The providers to try, in order.
  package let providers: [ExecutionProvider]
  /// The batch size that the network is compiled for, if it leaves the batch free; nil to leave it free.
  package let batch: Int?
  /// The number of runs that can proceed at the same time.
  package let streams: Int
}
