/// How the two parts of OpenFace 3.0's multitask network are run.
package struct MultitaskDivision: Hashable, Sendable {
  package let backbone: SessionPlan
  package let head: SessionPlan
  /// The batch size of the head, which is also the number of faces that are collected before it runs.
  package static let facesPerHead = 16
}
