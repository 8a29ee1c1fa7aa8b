import Foundation
import SplitFace
import TestSupport
import Testing

/// A clip of a face that grins on one side only, joined of a neutral and of a grinning frame.
@Suite(TestJobs.trait) struct ChimeraJobTests {
  /// In these two frames glabella and chin lie on the same line to 1.5 pixels.
  private static let (neutral, grin) = (4, 34)

  @Test(arguments: [true, false]) func eachTableHasItsOwnSideOfTheSmile(_ personsLeftGrins: Bool) async throws {
    let folder = try TemporaryDirectory()
    let clip = folder.file("chimera.mp4")
    try Self.write(clip, personsLeftGrins: personsLeftGrins)
    let job = try await TestJobs.run(clip)
    let left = try job.table("left_mirrored")["AU12_r"]
    let right = try job.table("right_mirrored")["AU12_r"]
    #expect(left.count == 8 && right.count == 8)
    for (left, right) in zip(left, right) {
      #expect(personsLeftGrins ? left - right >= 2 : right - left >= 2, "left \(left), right \(right)")
    }
  }

  /// The person's left half is on the right of the picture.
  static func write(_ clip: URL, personsLeftGrins: Bool, edge: Int = 300) throws {
    let source = try #require(SharedData.file("single_face.mp4"))
    let halves = personsLeftGrins ? (neutral, grin) : (grin, neutral)
    func still(_ frame: Int, _ label: String) -> String {
      "[0:v]trim=start_frame=\(frame):end_frame=\(frame + 1),setpts=PTS-STARTPTS,loop=7:1:0,setpts=N/30/TB[\(label)]"
    }
    let graph = [
      still(halves.0, "a"), still(halves.1, "b"), "[b]crop=\(640 - edge):360:\(edge):0[c]", "[a][c]overlay=\(edge):0:format=yuv420[v]",
    ].joined(separator: ";")
    try FFmpegTool.make(["-i", source.path, "-filter_complex", graph, "-map", "[v]", "-r", "30"] + TestClips.encoding + [clip.path])
  }
}
