import ActionUnits
import FaceNetworks
import FaceTracking
import Imaging
import Measures

extension FaceSide {
  /// The side of the midline on which this side of the face lies, unless the video is flipped. The sign follows from the direction of the
  /// midline, which runs from glabella to chin.
  var kept: KeptSide { self == .right ? .positive : .negative }
}

extension FaceSample {
  /// Creates the sample of a mirrored image.
  ///
  /// The face's region and its eye aspect ratio are calculated from the mesh of the source, without running a network. Both eyes of the
  /// mirrored image are the same eye, so there is one ratio.
  init(_ side: FaceSide, of pictures: FinishedFrame.Pictures, observation: FaceObservation, timestamp: Double) {
    self.init(image: side == .left ? pictures.left : pictures.right, timestamp: timestamp)
    guard let mesh = observation.unsmoothedMesh, let midline = observation.midline else { return }
    source = (mesh, side)
    region = MirroredFaceRegion.region(of: mesh, midline: midline, keeping: side.kept)
    eyeAspectRatio = EyeAspectRatio.ofKeptEye(mesh: mesh, axis: midline.axis, keeping: side.kept)
  }
}
