import ActionUnits
import FaceNetworks
import FaceTracking
import Imaging
import TestSupport
import Testing
import VideoIO

/// Measures a face that grins on one side only, which is made of two frames of one clip.
@Suite(.enabled(if: SharedData.isAvailable && TestNetworks.landmarker != nil))
struct ChimeraTests {
  /// Joins the part of one image that is left of a column and the part of another that is right of it.
  private func joined(_ left: YUVImage, _ right: YUVImage, at column: Int) -> YUVImage {
    let canvas = YUVCanvas(width: left.width, height: left.height, colour: left.colour)
    for (target, planes) in [(canvas.y, (left.y, right.y)), (canvas.u, (left.u, right.u)), (canvas.v, (left.v, right.v))] {
      let edge = column * target.width / left.width
      for y in 0..<target.height { for x in 0..<target.width { target[x, y] = x < edge ? planes.0[x, y] : planes.1[x, y] } }
    }
    return canvas.finish()
  }

  @Test(arguments: [true, false]) func onlyTheSideThatGrinsIsMeasuredAsGrinning(_ personsRightGrins: Bool) throws {
    let frames = try TestNetworks.frames(of: "single_face.mp4")
    let meshes = try TestNetworks.meshes(of: frames)
    let (neutral, grin) = (4, 34)
    // The midline is that of the neutral frame, to which the tracker's smoothing over time would keep it close.
    let mesh = try #require(meshes[neutral])
    let midline = try #require(Midline(mesh))
    let column = Int(midline.chin.x)
    let chimera =
      personsRightGrins
      ? joined(frames[grin].image, frames[neutral].image, at: column) : joined(frames[neutral].image, frames[grin].image, at: column)
    let engine = MediaPipeEngine(networks: try #require(TestNetworks.landmarker))
    let smiles = try engine.measure(
      [KeptSide.positive, .negative].map { side in
        FaceSample(
          image: reflect(chimera, across: midline.axis, keeping: side),
          region: MirroredFaceRegion.region(of: mesh, midline: midline, keeping: side), timestamp: 0)
      }
    ).map { $0.intensity[.au12] }
    let (right, left) = (smiles[0], smiles[1])
    #expect(personsRightGrins ? right - left >= 2 : left - right >= 2, "right \(right), left \(left)")
  }
}
