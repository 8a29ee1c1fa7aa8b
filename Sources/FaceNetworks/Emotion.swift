/// The eight emotions of OpenFace 3.0's multitask network, in the order in which its authors publish them.
///
/// OpenFace-3.0's issue #15 measures that `disgust` and `anger` stand the other way round in the published weights
/// (accuracy 0.54 against 0.46). The order here is the published one.
public enum Emotion: String, CaseIterable, Hashable, Sendable {
  case neutral, happy, sad, surprise, fear, disgust, anger, contempt
}
