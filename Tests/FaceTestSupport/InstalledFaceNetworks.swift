public import FaceNetworks
import Foundation
import Inference
import ModelConversion
import TestSupport
public import Testing

/// MediaPipe's networks as installed by `make setup`, run by the installed ONNX Runtime.
public enum InstalledFaceNetworks {
  /// The three networks, or the reason why they could not be loaded.
  public static let result: Result<FaceLandmarkerNetworks, any Error> = Result { try load(providers: InferenceRuntime.defaultProviders) }

  /// Returns the networks. For tests that have the trait `trait`.
  public static func networks() throws -> FaceLandmarkerNetworks { try result.get() }

  /// Skips a test if the networks, the library or the shared images are missing.
  public static var trait: ConditionTrait {
    let reason: Comment =
      switch result {
      case .success: SharedData.isAvailable ? "" : "no ../shared/testdata"
      case .failure(let error): "\(error)"
      }
    return .enabled(if: (try? result.get()) != nil && SharedData.isAvailable, reason)
  }

  struct Missing: Error, CustomStringConvertible { let description: String }

  /// Returns the blendshape network with a fixed batch: exactly `batch` faces in each run.
  public static func blendshapes(batch: Int) throws -> BlendshapeNetwork {
    try BlendshapeNetwork(session: session("face_blendshapes", SessionConfiguration(providers: [.cpu], dimensions: ["batch": batch])))
  }

  static func load(providers: [ExecutionProvider]) throws -> FaceLandmarkerNetworks {
    func session(_ name: String) throws -> InferenceSession { try self.session(name, SessionConfiguration(providers: providers)) }
    return try FaceLandmarkerNetworks(
      detector: try session("face_detector"), mesh: try session("face_landmarks_detector"),
      blendshapes: try session("face_blendshapes"))
  }

  private static func session(_ name: String, _ configuration: SessionConfiguration) throws -> InferenceSession {
    guard let bundle = PackageLocation.installed?.appending(path: "models/face-landmarker/face_landmarker.task"),
      let bytes = try? Data(contentsOf: bundle)
    else { throw Missing(description: "no .splitface/models/face-landmarker/face_landmarker.task; run `make setup`") }
    let model = try ZipArchive([UInt8](bytes)).contents(of: name + ".tflite")
    return try InferenceSession(
      model: TensorFlowLiteConverter.convert(model, name: name, metadata: [:]), name: name, runtime: .load(), configuration: configuration)
  }
}
