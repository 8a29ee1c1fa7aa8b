import FaceNetworks
import Inference
import ModelStore

/// A network that is ready to run, and the file that it comes from.
struct OpenedNetwork: Sendable {
  /// The sessions that run the network.
  enum Sessions: Sendable {
    /// The whole network.
    case one(InferenceSession)
    /// The multitask network in two parts.
    case divided(backbone: InferenceSession, head: InferenceSession)
    /// RetinaFace, and a version of it without its finest grid of anchors. That version is faster, but does not find small faces.
    case withCoarse(InferenceSession, coarse: InferenceSession)
  }

  let file: ONNXModelFile
  let sessions: Sessions

  /// The session that runs the network or its first part.
  var session: InferenceSession {
    switch sessions {
    case .one(let session), .divided(let session, _), .withCoarse(let session, _): session
    }
  }

  /// The session of the multitask network's head, if the network is divided.
  var head: InferenceSession? { if case .divided(_, let head) = sessions { head } else { nil } }

  func retinaFace() throws -> RetinaFaceDetector {
    if case .withCoarse(let session, let coarse) = sessions { return try RetinaFaceDetector(session: session, coarse: coarse) }
    return try RetinaFaceDetector(session: session)
  }

  func multitask() throws -> MultitaskNetwork {
    if case .divided(let backbone, let head) = sessions { return .divided(try DividedMultitaskNetwork(backbone: backbone, head: head)) }
    return .whole(try WholeMultitaskNetwork(session: session))
  }
}
