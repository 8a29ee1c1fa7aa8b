import ActionUnits
import FaceNetworks
import FaceTracking
import Imaging
import Measures

extension FaceSide {
  /// Which side of the midline, directed from glabella to chin, it lies on in an ordinary video.
  var kept: KeptSide { self == .right ? .positive : .negative }
}

extension FaceSample {
  /// A mirrored picture, with what the source's mesh tells of it without running a network: where the face is, and how far
  /// its eye, which it shows twice, is open.
  init(_ side: FaceSide, of pictures: FinishedFrame.Pictures, observation: FaceObservation, timestamp: Double) {
    self.init(image: side == .left ? pictures.left : pictures.right, timestamp: timestamp)
    guard let mesh = observation.unsmoothedMesh, let midline = observation.midline else { return }
    region = MirroredFaceRegion.region(of: mesh, midline: midline, keeping: side.kept)
    eyeAspectRatio = EyeAspectRatio.ofKeptEye(mesh: mesh, axis: midline.axis, keeping: side.kept)
  }
}
