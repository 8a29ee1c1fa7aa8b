import FaceNetworks
import Foundation
import Imaging
import Inference
import ModelConversion
import TestSupport
import VideoIO

/// Networks from the files that set-up installed, and from the shared test data.
enum TestNetworks {
  struct Missing: Error { let what: String }

  /// MediaPipe's three networks, from the installed bundle.
  static let landmarker: FaceLandmarkerNetworks? = try? {
    guard let bundle = PackageLocation.installed?.appending(path: "models/face-landmarker/face_landmarker.task") else {
      throw Missing(what: "bundle")
    }
    let archive = try ZipArchive([UInt8](try Data(contentsOf: bundle)))
    func session(_ name: String) throws -> InferenceSession {
      let model = try TensorFlowLiteConverter.convert(archive.contents(of: name + ".tflite"), name: name, metadata: [:])
      return try InferenceSession(model: model, name: name, runtime: .load(), configuration: SessionConfiguration())
    }
    return try FaceLandmarkerNetworks(
      detector: session("face_detector"), mesh: session("face_landmarks_detector"), blendshapes: session("face_blendshapes"))
  }()

  /// RetinaFace with OpenFace 3.0's published weights.
  static let retinaFace: RetinaFaceDetector? = try? {
    guard let checkpoint = SharedData.file("Alignment_RetinaFace.pth") else { throw Missing(what: "checkpoint") }
    let model = try CheckpointConverter.convert([UInt8](try Data(contentsOf: checkpoint)), as: .retinaface)
    guard let part = try PrunedModel.withoutFinestGrid(of: model, outputs: ["loc", "conf"], grids: 3) else { throw Missing(what: "grids") }
    func session(_ model: [UInt8]) throws -> InferenceSession {
      try InferenceSession(model: model, name: "retinaface", runtime: .load(), configuration: SessionConfiguration(providers: [.cpu]))
    }
    return try RetinaFaceDetector(session: session(model), coarse: session(part))
  }()

  /// Opens a network of the real size with seeded weights, from the folder that `../shared/tools/openface_checkpoints.py` wrote. The
  /// environment variable SPLITFACE_CHECKPOINTS names the folder.
  static func seeded(_ file: String, as architecture: CheckpointConverter.Architecture) -> InferenceSession? {
    guard let folder = ProcessInfo.processInfo.environment["SPLITFACE_CHECKPOINTS"] else { return nil }
    return try? InferenceSession(
      model: CheckpointConverter.convert([UInt8](Data(contentsOf: URL(filePath: folder).appending(path: file))), as: architecture),
      name: file, runtime: .load(), configuration: SessionConfiguration(providers: [.cpu]))
  }

  static let multitask: MultitaskNetwork? = seeded("multitask.pth", as: .multitask).flatMap { session in
    (try? WholeMultitaskNetwork(session: session)).map(MultitaskNetwork.whole)
  }
  static let star: StarLandmarker? = seeded("star.pkl", as: .star).flatMap { try? StarLandmarker(session: $0) }

  static func frames(of name: String, limit: Int = .max) throws -> [VideoFrame] {
    guard let file = SharedData.file(name) else { throw Missing(what: name) }
    return try frames(at: file.path, limit: limit)
  }

  static func frames(at path: String, limit: Int = .max) throws -> [VideoFrame] {
    let reader = try VideoReader(path: path)
    var frames: [VideoFrame] = []
    while frames.count < limit, let item = try reader.next() {
      if case .frame(let frame) = item { frames.append(frame) }
    }
    return frames
  }

  /// The mesh of each frame: the detector's face, then followed.
  static func meshes(of frames: [VideoFrame]) throws -> [FaceMesh?] {
    guard let landmarker else { throw Missing(what: "face landmarker") }
    var region: FaceRegion?
    return try frames.map { frame in
      let place = try region ?? landmarker.detector.detect(in: frame.image, maximumFaces: 1).first?.region
      let mesh = try place.flatMap { try landmarker.mesh.run(on: [(frame.image, $0)]).first }
      let present = mesh.flatMap { $0.presence > 0.5 ? $0 : nil }
      region = present?.nextRegion
      return present
    }
  }
}
