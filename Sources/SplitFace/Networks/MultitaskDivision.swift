/// How OpenFace 3.0's multitask network is run in two parts: the backbone, which computes features of a face, and the head, which computes
/// Action Units from the features.
package struct MultitaskDivision: Hashable, Sendable {
  package let backbone: SessionPlan
  package let head: SessionPlan
  /// The batch size of the head. The features of this many faces are collected before the head runs.
  package static let facesPerHead = 16
}
