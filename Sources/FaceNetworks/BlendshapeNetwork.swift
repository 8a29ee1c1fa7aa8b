public import Inference

/// MediaPipe's blendshape network: 52 coefficients of expression from the positions of a face's landmarks.
///
/// Source: MediaPipe v0.10.21, `face_blendshapes_graph.cc`; the names are ARKit's, preceded by `_neutral`.
public final class BlendshapeNetwork: Sendable {
  private let session: InferenceSession
  private let input: String
  private let output: String

  /// Creates the network.
  /// - Parameter session: a session with an input of N×146×2 and an output of 52 values per face.
  /// - Throws: `FaceNetworkError` if the session runs another network.
  public init(session: InferenceSession) throws {
    self.session = session
    input = try session.soleInput([Self.landmarks.count, 2], of: "the blendshape network")
    output = try session.output(ofCount: Self.names.count, of: "the blendshape network")
  }

  /// Computes the coefficients of several faces.
  /// - Parameter faces: 478 points per face, in pixels. The network is invariant to position and size but not to the aspect ratio, so
  ///   pixels must be square.
  /// - Returns: 52 values of 0…1 per face, in the order of `names`. The faces are in the given order.
  /// - Throws: `InferenceError`, `FaceNetworkError`.
  public func run(on faces: [[SIMD2<Double>]]) throws -> [[Float]] {
    try session.inBatches(faces, run)
  }

  private func run(_ faces: ArraySlice<[SIMD2<Double>]>, slots: Int) throws -> [[Float]] {
    let size = Self.landmarks.count * 2
    let points = Tensor(shape: [slots, Self.landmarks.count, 2]) { buffer in
      // Slots without a face are zero. They are written first because Swift 6.3.1 miscompiles a closure that may throw and ends with this
      // statement: the caller does not learn that nothing was thrown.
      UnsafeMutableBufferPointer(rebasing: buffer[(faces.count * size)...]).update(repeating: 0)
      for (slot, face) in faces.enumerated() {
        for (position, index) in Self.landmarks.enumerated() {
          buffer[slot * size + 2 * position] = Float(face[index].x)
          buffer[slot * size + 2 * position + 1] = Float(face[index].y)
        }
      }
    }
    return try session.run([(input, points)], outputs: [output])[0].rows(slots, of: Self.names.count, from: session.name)
  }

  /// The names of the 52 values, in order.
  public static let names = [
    "_neutral", "browDownLeft", "browDownRight", "browInnerUp", "browOuterUpLeft", "browOuterUpRight", "cheekPuff",
    "cheekSquintLeft", "cheekSquintRight", "eyeBlinkLeft", "eyeBlinkRight", "eyeLookDownLeft", "eyeLookDownRight",
    "eyeLookInLeft", "eyeLookInRight", "eyeLookOutLeft", "eyeLookOutRight", "eyeLookUpLeft", "eyeLookUpRight", "eyeSquintLeft",
    "eyeSquintRight", "eyeWideLeft", "eyeWideRight", "jawForward", "jawLeft", "jawOpen", "jawRight", "mouthClose",
    "mouthDimpleLeft", "mouthDimpleRight", "mouthFrownLeft", "mouthFrownRight", "mouthFunnel", "mouthLeft", "mouthLowerDownLeft",
    "mouthLowerDownRight", "mouthPressLeft", "mouthPressRight", "mouthPucker", "mouthRight", "mouthRollLower", "mouthRollUpper",
    "mouthShrugLower", "mouthShrugUpper", "mouthSmileLeft", "mouthSmileRight", "mouthStretchLeft", "mouthStretchRight",
    "mouthUpperUpLeft", "mouthUpperUpRight", "noseSneerLeft", "noseSneerRight",
  ]

  /// The indices of the 146 landmarks that the network takes, in order.
  static let landmarks = [
    0, 1, 4, 5, 6, 7, 8, 10, 13, 14, 17, 21, 33, 37, 39, 40, 46, 52, 53, 54, 55, 58, 61, 63, 65, 66, 67, 70, 78, 80, 81, 82, 84,
    87, 88, 91, 93, 95, 103, 105, 107, 109, 127, 132, 133, 136, 144, 145, 146, 148, 149, 150, 152, 153, 154, 155, 157, 158, 159,
    160, 161, 162, 163, 168, 172, 173, 176, 178, 181, 185, 191, 195, 197, 234, 246, 249, 251, 263, 267, 269, 270, 276, 282, 283,
    284, 285, 288, 291, 293, 295, 296, 297, 300, 308, 310, 311, 312, 314, 317, 318, 321, 323, 324, 332, 334, 336, 338, 356, 361,
    362, 365, 373, 374, 375, 377, 378, 379, 380, 381, 382, 384, 385, 386, 387, 388, 389, 390, 397, 398, 400, 402, 405, 409, 415,
    454, 466, 468, 469, 470, 471, 472, 473, 474, 475, 476, 477,
  ]
}
