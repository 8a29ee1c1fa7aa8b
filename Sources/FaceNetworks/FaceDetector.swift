public import Imaging
public import Inference

/// MediaPipe's face detector (BlazeFace, short range), which finds faces larger than about an eighth of the searched square's side.
///
/// Source: MediaPipe v0.10.21, `face_detector_graph.cc`; Bazarevsky et al., "BlazeFace" (2019).
public final class FaceDetector: Sendable {
  /// The number of columns and of rows of the network's input.
  static let side = 128
  private let session: InferenceSession
  private let input: String
  private let regressors: String
  private let scores: String

  /// Creates the detector.
  /// - Parameter session: a session with an input of N×3×128×128 (RGB, −1…1) and outputs of N×896×16 and N×896×1.
  /// - Throws: `FaceNetworkError` if the session runs another network.
  public init(session: InferenceSession) throws {
    self.session = session
    input = try session.soleInput([3, Self.side, Self.side], of: "the face detector")
    regressors = try session.output(ofCount: DetectorDecoder.anchorCount * 16, of: "the face detector")
    scores = try session.output(ofCount: DetectorDecoder.anchorCount, of: "the face detector")
  }

  /// Finds the faces in an image.
  /// - Parameters:
  ///   - window: the square to search; nil for the whole image. Samples outside the image are black.
  ///   - maximumFaces: the maximum number of faces to return.
  /// - Returns: the faces, best score first.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  public func detect(in image: YUVImage, window: FaceRegion? = nil, maximumFaces: Int) throws -> [DetectedFace] {
    let window = window ?? FaceRegion(letterboxing: image)
    let samples = Tensor(shape: [1, 3, Self.side, Self.side]) { buffer in
      sampleCrop(
        from: image, map: window.samplingMap(columns: Self.side, rows: Self.side), width: Self.side, height: Self.side,
        border: .constant(0), normalisation: Self.normalisation, into: buffer)
    }
    let outputs = try session.run([(input, samples)], outputs: [regressors, scores])
    let regressors = try outputs[0].holding(DetectorDecoder.anchorCount * 16, from: session.name)
    let scores = try outputs[1].holding(DetectorDecoder.anchorCount, from: session.name)
    let faces = regressors.withUnsafeBufferPointer { regressors in
      scores.withUnsafeBufferPointer { scores in DetectorDecoder.decode(regressors: regressors, scores: scores, window: window) }
    }
    return Array(faces.prefix(maximumFaces))
  }

  /// Maps bytes to −1…1: x/127.5 − 1.
  private static let normalisation = PixelNormalisation(
    scale: SIMD3(repeating: 1 / 127.5), bias: SIMD3(repeating: -1), order: .rgb)
}
