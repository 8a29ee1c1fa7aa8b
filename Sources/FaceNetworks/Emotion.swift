/// The eight emotions of OpenFace 3.0's multitask network, in the order that its authors published.
///
/// According to a measurement in OpenFace-3.0's issue #15, `disgust` and `anger` are swapped in the published weights (accuracy 0.54 with
/// both names exchanged, 0.46 without). The order here is the published one.
public enum Emotion: String, CaseIterable, Hashable, Sendable {
  case neutral, happy, sad, surprise, fear, disgust, anger, contempt
}
