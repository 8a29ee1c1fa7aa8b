package import Inference

/// How one network, or one part of it, is run.
package struct SessionPlan: Hashable, Sendable {
  /// The providers to try, in order.
  package let providers: [ExecutionProvider]
  /// The batch size to compile the network for, if its file does not fix one; nil to allow any size.
  package let batch: Int?
  /// The number of runs that can proceed at the same time.
  package let streams: Int
}
