import Foundation
import SplitFace
import TestSupport
import Testing

/// Jobs on clips of a face that grins on one side only, composed of a neutral and a grinning half.
@Suite(TestJobs.trait) struct ChimeraJobTests {
  /// In these two frames of the shared clip, glabella and chin are on the same line to within 1.5 pixels.
  private static let (neutral, grin) = (4, 34)

  @Test(arguments: [true, false]) func eachTableMeasuresItsOwnSideOfTheSmile(_ personsLeftGrins: Bool) async throws {
    let folder = try TemporaryDirectory()
    let clip = folder.file("chimera.mp4")
    try Self.write(clip, personsLeftGrins: personsLeftGrins)
    let job = try await TestJobs.run(clip)
    let summary = try String(contentsOf: job.folder.file("chimera_summary.csv"), encoding: .utf8).split(separator: "\n")
    #expect(
      summary.contains {
        $0.hasPrefix("AU12,") && $0.contains(personsLeftGrins ? ",right,8," : ",left,8,")
          && $0.hasSuffix("\(personsLeftGrins ? ",right" : ",left"),level,0")
      })
    let left = try job.table("left_mirrored")["AU12_r"]
    let right = try job.table("right_mirrored")["AU12_r"]
    #expect(left.count == 8)
    #expect(right.count == 8)
    for (left, right) in zip(left, right) {
      #expect(personsLeftGrins ? left - right >= 2 : right - left >= 2, "left \(left), right \(right)")
    }
  }

  /// In a face that moves: one half shows the neutral frame throughout, the other moves from neutral to the grin.
  @Test(arguments: [true, false]) func theReportNamesTheSideThatDoesNotMove(_ personsLeftGrins: Bool) async throws {
    let folder = try TemporaryDirectory()
    let clip = folder.file("moving.mp4")
    try Self.writeMoving(clip, personsLeftGrins: personsLeftGrins)
    let job = try await TestJobs.run(clip)
    let weaker = personsLeftGrins ? "right" : "left"

    let summary = try String(contentsOf: job.folder.file("moving_summary.csv"), encoding: .utf8).split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    let smile = Dictionary(uniqueKeysWithValues: zip(summary[0], try #require(summary.first { $0[0] == "AU12" })))
    #expect(smile["weaker_side"] == weaker, "\(smile)")
    #expect(smile["weaker_by"] == "movement", "\(smile)")

    let page = try String(contentsOf: job.folder.file("moving_report.html"), encoding: .utf8)
    let section = try #require(page.components(separatedBy: "<section").dropFirst().first)
    let item = try #require(section.components(separatedBy: "<li>").first { $0.contains("<b>AU12 Lip corner puller</b>") })
    #expect(item.contains("the <strong class=\"\(weaker)\">\(weaker) side</strong> moves"), "\(item)")
  }

  /// Writes a clip of 40 frames in which one half of the face is still and the other one is the shared clip's.
  private static func writeMoving(_ clip: URL, personsLeftGrins: Bool, edge: Int = 300) throws {
    let source = try #require(SharedData.file("single_face.mp4"))
    let frames = 40
    let still = "[0:v]trim=start_frame=\(neutral):end_frame=\(neutral + 1),setpts=PTS-STARTPTS,loop=\(frames - 1):1:0,setpts=N/30/TB[still]"
    let moving = "[0:v]trim=end_frame=\(frames),setpts=N/30/TB[moving]"
    let (whole, half) = personsLeftGrins ? ("still", "moving") : ("moving", "still")
    let graph = [
      still, moving, "[\(half)]crop=\(640 - edge):360:\(edge):0[c]", "[\(whole)][c]overlay=\(edge):0:format=yuv420[v]",
    ].joined(separator: ";")
    try FFmpegTool.make(["-i", source.path, "-filter_complex", graph, "-map", "[v]", "-r", "30"] + TestClips.encoding + [clip.path])
  }

  /// Writes a clip of eight frames of which one half of the face is neutral and the other one grins. The person's left half is on the right
  /// of the frame.
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
