import Foundation
import Imaging
import SplitFace
import TestSupport
import Testing
import VideoIO

/// Jobs on the same clip, flipped, turned with a display matrix, and turned without one.
@Suite(TestJobs.trait) struct TurnedInputTests {
  /// The frames from neutral to a broad grin.
  private static let cut = TestClips.Cut(start: 12, frames: 16)

  private func clip(_ name: String, _ filter: String?, in folder: TemporaryDirectory) throws -> URL {
    var cut = Self.cut
    cut.filter = filter
    let file = folder.file(name + ".mp4")
    try TestClips.write(cut, to: file)
    return file
  }

  /// The networks see other pixels, so their results are similar, not equal: on average, intensities within 0.15 points over all units and
  /// within half a point in each, and the smile within one point on every frame.
  private func expectAlike(_ job: FinishedJob, _ side: String, _ other: FinishedJob, _ otherSide: String) throws {
    let (table, otherTable) = (try job.table(side), try other.table(otherSide))
    #expect(table["success"] == otherTable["success"])
    let units = table.intensities
    #expect(units.count == 18)
    let means = units.map { meanDifference(table[$0], otherTable[$0]) }
    #expect(means.reduce(0, +) / 18 <= 0.15, "\(zip(units, means).map { "\($0) \($1)" })")
    #expect((means.max() ?? .infinity) <= 0.5, "\(zip(units, means).map { "\($0) \($1)" })")
    #expect(largestDifference(table["AU12_r"], otherTable["AU12_r"]) <= 1)
  }

  @Test func aFlippedClipHasLeftAndRightExchanged() async throws {
    let folder = try TemporaryDirectory()
    let plain = try await TestJobs.run(clip("plain", nil, in: folder))
    let flipped = try await TestJobs.run(clip("flipped", "hflip", in: folder))
    let (face, mirrored) = (try plain.table("face"), try flipped.table("face"))
    for point in ["glabella", "chin"] {
      #expect(largestDifference(face[point + "_x"].map { 639 - $0 }, mirrored[point + "_x"]) <= 2)
      #expect(largestDifference(face[point + "_y"], mirrored[point + "_y"]) <= 2)
    }
    #expect(largestDifference(face["yaw"].map { -$0 }, mirrored["yaw"]) <= 3)
    #expect(largestDifference(face["roll"].map { -$0 }, mirrored["roll"]) <= 1)
    try expectAlike(plain, "left_mirrored", flipped, "right_mirrored")
    try expectAlike(plain, "right_mirrored", flipped, "left_mirrored")
  }

  @Test func aTurnedClipWithADisplayMatrixGivesTheUprightClipsResults() async throws {
    let folder = try TemporaryDirectory()
    let plain = try await TestJobs.run(clip("plain", nil, in: folder))
    let tagged = folder.file("tagged.mp4")
    try FFmpegTool.make([
      "-i", try clip("lying", "transpose=cclock", in: folder).path, "-c", "copy", "-metadata:s:v", "rotate=270", tagged.path,
    ])
    let info = try VideoReader(path: tagged.path).info
    try #require(info.displayOrientation == .right, "precondition: the clip is like that of a phone held upright")
    let turned = try await TestJobs.run(tagged)
    #expect(turned.result.record.input.width == 640)
    #expect(turned.result.record.input.codedWidth == 360)
    try expectSame(turned, plain)
  }

  @Test(arguments: [("transpose=clock", 270), ("vflip,hflip", 180), ("transpose=cclock", 90)])
  func aTurnWithoutADisplayMatrixIsFoundByTheFace(_ filter: String, degrees: Int) async throws {
    let folder = try TemporaryDirectory()
    let plain = try await TestJobs.run(clip("plain", nil, in: folder))
    let lying = try clip("lying", filter, in: folder)
    let found = try await TestJobs.run(lying)
    #expect(found.result.record.input.orientation.hasPrefix("turned \(degrees)° clockwise"))
    try expectSame(found, plain)

    var options = try TestJobs.splitter().spec
    options.orientation = try #require(OrientationChoice(rawValue: String(degrees)))
    try expectSame(try await TestJobs.run(lying, as: options), plain)

    options.orientation = .metadata
    let left = try await TestJobs.run(lying, as: options)
    #expect(left.result.record.input.width == (degrees == 180 ? 640 : 360))
  }

  @Test func aTurnIsFoundIfTheFaceEntersLate() async throws {
    let folder = try TemporaryDirectory()
    let source = try #require(SharedData.file("single_face.mp4"))
    let clip = folder.file("later.mp4")
    // The face appears at frame 160.
    let filter = "transpose=clock,tpad=start=160:color=gray"
    try FFmpegTool.make(["-i", source.path, "-vf", filter] + TestClips.encoding + ["-an", clip.path])
    let record = try await TestJobs.run(clip, kind: .extract).result.record
    #expect(record.input.orientation.hasPrefix("turned 270° clockwise"), "\(record.input.orientation)")
    #expect(record.input.width == 640)
    #expect(record.frames.withFace > 60)
  }

  /// Expects the upright clip's frame size, its midline to within 2 pixels (of 640), and similar measurements.
  private func expectSame(_ job: FinishedJob, _ plain: FinishedJob) throws {
    #expect(job.result.record.input.width == 640)
    #expect(job.result.record.input.height == 360)
    #expect(try FFmpegTool.entries("stream=width,height", of: job.video("debug")) == ["640,360"])
    for column in ["glabella_x", "glabella_y", "chin_x", "chin_y"] {
      #expect(largestDifference(try job.table("face")[column], try plain.table("face")[column]) <= 2, "\(column)")
    }
    for side in ["left_mirrored", "right_mirrored"] { try expectAlike(job, side, plain, side) }
  }
}
