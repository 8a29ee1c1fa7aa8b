import Foundation
public import Imaging
public import Inference

/// RetinaFace with a MobileNet-0.25 backbone, which finds the boxes of faces in an image or a part of it.
///
/// Source: Deng et al., "RetinaFace: Single-Shot Multi-Level Face Localisation in the Wild" (CVPR 2020), in the form that OpenFace 3.0
/// publishes (after `biubug6/Pytorch_Retinaface`): BGR minus (104, 117, 123), softmax scores, variances 0.1 and 0.2, suppression at an
/// intersection over union of 0.4.
public final class RetinaFaceDetector: Sendable {
  /// A detected face.
  public struct Detection: Hashable, Sendable {
    public var box: FaceBox
    /// The network's confidence, 0…1.
    public var score: Double

    public init(box: FaceBox, score: Double) {
      self.box = box
      self.score = score
    }
  }

  /// The score above which OpenFace 3.0 accepts a face.
  public static let acceptedScore = 0.5

  /// Faces of at least this side, in pixels of the network's input, are found without the finest grid. The priors of the finest grid are
  /// squares of 16 and 32 pixels; those of the next grid are squares of 64 and 128 pixels. Each prior is trained to find the faces whose
  /// intersection over union with it is 0.35 or more, so the priors of the other grids find all faces of this side or larger.
  public static let coarseSide = 64.0

  private let session: InferenceSession
  private let coarse: InferenceSession?
  private let input: String
  private let outputs: [String]

  /// Creates the detector.
  ///
  /// - Parameters:
  ///   - session: a session with an input of N×3×H×W, where H and W are free, and the outputs `loc` (N×A×4) and `conf` (N×A×2) for A
  ///     priors.
  ///   - coarse: the same network without the finest grid, which saves more than half of the computation. It has the outputs `loc` and
  ///     `conf`, and is used when only larger faces must be found. If nil, `session` is always used.
  /// - Throws: `FaceNetworkError` if a model does not have these inputs and outputs.
  public init(session: InferenceSession, coarse: InferenceSession? = nil) throws {
    guard session.inputs.count == 1, let input = session.inputs.first, input.shape.count == 4, input.accepts(shape: [1, 3, 160, 224]),
      let locations = Self.output("loc", values: 4, of: session), let scores = Self.output("conf", values: 2, of: session)
    else { throw session.isNot("RetinaFace for images of any size") }
    self.session = session
    self.coarse = coarse
    self.input = input.name
    outputs = [locations, scores]
  }

  private static func output(_ name: String, values: Int, of session: InferenceSession) -> String? {
    (session.outputs.first { $0.name == name } ?? session.outputs.first { $0.shape.count == 3 && $0.shape[2] == values })?.name
  }

  /// Finds the faces in an image.
  /// - Parameters:
  ///   - part: the part of the image to search; nil for the whole image.
  ///   - scale: the size of the network's input relative to the part, which is sampled bilinearly; 1 leaves the pixels as they are.
  ///   - score: the score that a face must exceed.
  ///   - smallestSide: the side, in pixels of the image, of the smallest face that must be found.
  /// - Returns: the faces, best score first, with boxes in pixels of the whole image.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  public func detect(
    in image: YUVImage, part: PixelRectangle? = nil, scale: Double = 1, score: Double = acceptedScore, smallestSide: Double = 0
  ) throws -> [Detection] {
    let part = part ?? PixelRectangle(x: 0, y: 0, width: image.width, height: image.height)
    let width = max(Int((Double(part.width) * scale).rounded()), 1)
    let height = max(Int((Double(part.height) * scale).rounded()), 1)
    let step = SIMD2(Double(part.width) / Double(width), Double(part.height) / Double(height))
    let map = AffineMap(
      a: step.x, b: 0, c: Double(part.x) + step.x / 2 - 0.5, d: 0, e: step.y, f: Double(part.y) + step.y / 2 - 0.5)
    let tensor = Tensor(shape: [1, 3, height, width]) { buffer in
      sampleCrop(
        from: image, map: map, width: width, height: height, border: .replicate, normalisation: Self.normalisation, into: buffer)
    }
    let coarse = smallestSide * scale >= Self.coarseSide ? coarse : nil
    let found = try (coarse ?? session).run([(input, tensor)], outputs: coarse == nil ? outputs : ["loc", "conf"])
    let detections = try RetinaFaceDecoder(width: width, height: height, hasFinestGrid: coarse == nil).decode(
      locations: found[0], scores: found[1], above: score, network: session.name)
    return RetinaFaceDecoder.suppress(detections).map { detection in
      let box = detection.box
      // The decoder's origin is the outer edge of the first pixel; the origin of a `FaceBox` is the centre of that pixel.
      return Detection(
        box: FaceBox(
          minX: box.minX * step.x + Double(part.x) - 0.5, minY: box.minY * step.y + Double(part.y) - 0.5,
          maxX: box.maxX * step.x + Double(part.x) - 0.5, maxY: box.maxY * step.y + Double(part.y) - 0.5),
        score: detection.score)
    }
  }

  private static let normalisation = PixelNormalisation(
    scale: SIMD3(repeating: 1), bias: SIMD3(-104, -117, -123), order: .bgr)
}
