import Foundation
import SplitFace
import TestSupport
import Testing

/// The midline of whole jobs, on clips that are long enough for the head's midline to be learnt.
@Suite(TestJobs.trait) struct MidlineJobTests {
  private static let ends = ["glabella_x", "glabella_y", "chin_x", "chin_y"]

  /// Writes the first 60 frames of the shared clip, changed by filters.
  private func clip(_ name: String, _ filter: String?, in folder: TemporaryDirectory) throws -> URL {
    let file = folder.file(name + ".mp4")
    try TestClips.write(.init(frames: 60, filter: filter), to: file)
    return file
  }

  @Test func aFlippedClipHasTheMirroredMidline() async throws {
    let folder = try TemporaryDirectory()
    let plain = try await TestJobs.run(clip("plain", nil, in: folder), kind: .mirror).table("face")
    let flipped = try await TestJobs.run(clip("flipped", "hflip", in: folder), kind: .mirror).table("face")
    for column in Self.ends {
      let expected = column.hasSuffix("x") ? plain[column].map { 639 - $0 } : plain[column]
      #expect(largestDifference(expected, flipped[column]) <= 1, "\(column)")
    }
  }

  @Test func aClipTurnedByNinetyDegreesHasTheSameMidline() async throws {
    let folder = try TemporaryDirectory()
    let plain = try await TestJobs.run(clip("plain", nil, in: folder), kind: .mirror).table("face")
    let turned = try await TestJobs.run(clip("turned", "transpose=clock", in: folder), kind: .mirror).table("face")
    for column in Self.ends { #expect(largestDifference(plain[column], turned[column]) <= 1, "\(column)") }
  }

  /// Each half of a clip that was cut together from two has the midline that it has alone: what was learnt of one face is not used for the
  /// other.
  @Test func aMidlineIsNotCarriedAcrossACut() async throws {
    let folder = try TemporaryDirectory()
    let second = folder.file("second.mp4")
    let source = try #require(SharedData.file("talk/d18.mp4"))
    let filter = "trim=end_frame=60,setpts=PTS-STARTPTS,scale=360:360,pad=640:360:140:0,setsar=1"
    try FFmpegTool.make(["-i", source.path, "-vf", filter] + TestClips.encoding + ["-r", "30", "-an", second.path])
    let first = try clip("first", "setsar=1", in: folder)
    let both = folder.file("both.mp4")
    let concatenation = "[0:v][1:v]concat=n=2:v=1:a=0"
    try FFmpegTool.make(
      ["-i", first.path, "-i", second.path, "-filter_complex", concatenation] + TestClips.encoding + ["-r", "30", both.path])
    let together = try await TestJobs.run(both, kind: .mirror).table("face")
    let alone = [try await TestJobs.run(first, kind: .mirror).table("face"), try await TestJobs.run(second, kind: .mirror).table("face")]
    try #require(together.rows.count == 120)
    for column in Self.ends {
      #expect(largestDifference(Array(together[column].prefix(60)), alone[0][column]) <= 1, "\(column)")
      #expect(largestDifference(Array(together[column].suffix(60)), alone[1][column]) <= 1, "\(column)")
    }
  }
}
