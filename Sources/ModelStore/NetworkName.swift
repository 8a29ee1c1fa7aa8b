/// A network that SplitFace can run, regardless of the file it comes from.
public enum NetworkName: String, CaseIterable, Sendable, Codable {
  /// MediaPipe's short-range face detector (BlazeFace).
  case faceDetector
  /// MediaPipe's face mesh of 478 points.
  case faceMesh
  /// MediaPipe's 52 blendshapes, computed from 146 of the mesh's points.
  case blendshapes
  /// RetinaFace with a MobileNet-0.25 backbone: finds the face boxes that OpenFace 3.0's other networks were trained on.
  case retinaface
  /// OpenFace 3.0's multitask network: eight Action Units, emotion, gaze.
  case multitask
  /// OpenFace 3.0's STAR: 98 landmarks.
  case star

  /// The environment variable with which the user can name a file of their own for this network, e.g. `SPLITFACE_MODEL_FACE_DETECTOR`.
  public var environmentVariable: String {
    "SPLITFACE_MODEL_"
      + rawValue.reduce(into: "") { name, letter in
        if letter.isUppercase { name += "_" }
        name += letter.uppercased()
      }
  }
}
