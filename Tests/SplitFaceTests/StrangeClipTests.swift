import FaceTestSupport
import Foundation
import SplitFace
import TestSupport
import Testing

/// Clips without a face, with a face that leaves, with several faces; damaged and odd-sized clips.
@Suite(TestJobs.trait) struct StrangeClipTests {
  /// Whether a row states that there is no face and has no measurements.
  private func isEmpty(_ table: Table, _ row: Int) -> Bool {
    let given = ["frame", "face_id", "timestamp", "confidence", "success"]
    return zip(table.columns, table.rows[row]).allSatisfy { given.contains($0) || $1.isNaN }
      && table["success"][row] == 0 && table["confidence"][row] == 0
  }

  @Test func aClipWithoutAFacePassesThroughUnmirrored() async throws {
    let folder = try TemporaryDirectory()
    let clip = folder.file("empty.mp4")
    let source = try #require(SharedData.file("no_face.mp4"))
    try FFmpegTool.make(["-i", source.path, "-frames:v", "12"] + TestClips.encoding + ["-an", clip.path])
    let job = try await TestJobs.run(clip)
    for name in ["left_mirrored", "right_mirrored", "face"] {
      let table = try job.table(name)
      #expect(table.rows.count == 12, "\(name)")
      #expect(table.rows.indices.allSatisfy { isEmpty(table, $0) }, "\(name)")
    }
    let frames = job.result.record.frames
    #expect(frames.read == 12)
    #expect(frames.withFace == 0)
    #expect(frames.withoutFace == 12)
    #expect(job.result.record.warnings.contains { $0.contains("no face") })
    // Both encoders received the source's frames, so their outputs are equal.
    let hashes = try ["left_mirrored", "right_mirrored"].map { try FFmpegTool.output(["-i", job.video($0).path, "-f", "framemd5", "-"]) }
    #expect(hashes[0] == hashes[1])
  }

  /// The clock of a broadcast format starts at any time. Results start at zero, and the record states the offset in seconds.
  @Test func timestampsAreMovedToZeroByTheRecordedOffset() async throws {
    let folder = try TemporaryDirectory()
    let broadcast = folder.file("broadcast.ts")
    let source = try #require(SharedData.file("single_face.mp4"))
    try FFmpegTool.make(["-i", source.path, "-frames:v", "4", "-an", "-c:v", "mpeg2video", "-output_ts_offset", "5000", broadcast.path])
    let times = try frameTimes(broadcast)
    try #require(times.count == 4)
    try #require(times[0] > 5000)
    let job = try await TestJobs.run(broadcast, kind: .extract)
    let offset = try #require(try RunRecord.read(from: job.folder.file("broadcast_run.json")).input.timestampOffset)
    let table = try Table(job.folder.file("broadcast.csv"))
    #expect(largestDifference(table["timestamp"].map { $0 + offset }, times) <= 0.001)
    #expect(table["timestamp"][0] < 1)

    try TestClips.write(.init(frames: 2), to: folder.file("plain.mp4"))
    #expect(try await TestJobs.run(folder.file("plain.mp4"), kind: .mirror).result.record.input.timestampOffset == 0)
  }

  @Test func theMidlineIsHeldForAQuarterOfASecondAfterTheFaceHasLeft() async throws {
    let folder = try TemporaryDirectory()
    let clip = folder.file("leaves.mov")
    let source = try #require(SharedData.file("face_noface.mov"))
    // The face leaves after frame 72. Timestamps remain the source's.
    try FFmpegTool.make(
      ["-i", source.path, "-vf", "trim=start_frame=64:end_frame=90", "-fps_mode", "passthrough"] + TestClips.encoding + ["-an", clip.path])
    let job = try await TestJobs.run(clip)
    let face = try job.table("face")
    let times = face["timestamp"]
    #expect(times.count == 26)
    #expect(face["success"] == (0..<26).map { $0 < 8 ? 1 : 0 })
    for name in ["left_mirrored", "right_mirrored", "face"] {
      let table = try job.table(name)
      #expect(
        (8..<26).allSatisfy { isEmpty(table, $0) }, "\(name): frames without a face have no measurements, even if the midline is held")
    }
    let last = times[7]
    let held = times.dropFirst(8).count { $0 - last <= 0.25 }
    let frames = job.result.record.frames
    #expect(held > 0)
    #expect(frames.withFace == 8)
    #expect(frames.held == held)
    #expect(frames.withoutFace == 26 - 8 - held)
  }

  /// There is more audio between the two frames than is queued until the second one, so some of it is written ahead of that frame.
  @Test func aMinuteOfAudioBetweenTwoFramesIsKept() async throws {
    let folder = try TemporaryDirectory()
    let clip = folder.file("pause.mkv")
    let source = try #require(SharedData.file("single_face.mp4"))
    try FFmpegTool.make(
      ["-i", source.path, "-f", "lavfi", "-t", "61", "-i", "sine=sample_rate=48000", "-map", "0:v", "-map", "1:a"]
        + ["-vf", "trim=end_frame=10,setpts=(N/25+60*gte(N\\,6))/TB", "-fps_mode", "vfr", "-ac", "2", "-c:a", "pcm_s16le"]
        + TestClips.encoding + [clip.path])
    let job = try await TestJobs.run(clip)
    #expect(job.result.record.frames.read == 10)
    for name in FinishedJob.videos {
      #expect(try FFmpegTool.frameCount(of: job.video(name)) == 10)
      let times = try FFmpegTool.entries("packet=pts_time,duration_time", of: job.video(name), stream: "a:0")
        .map { $0.split(separator: ",").compactMap { Double($0) } }
      let isWhole = zip(times, times.dropFirst()).allSatisfy { abs($0[0] + $0[1] - $1[0]) < 0.001 }
      #expect(isWhole, "\(name)")
      #expect((times.last?[0] ?? 0) > 59, "\(name)")
    }
  }

  @Test func oneOfSeveralFacesIsChosen() async throws {
    let job = try await TestJobs.run(try #require(SharedData.file("multi_face.jpg")))
    let face = try job.table("face")
    #expect(face.rows.count == 1)
    #expect(face["success"] == [1])
    for side in ["left_mirrored", "right_mirrored"] {
      let smile = try job.table(side)["AU12_r"]
      try #require(smile.count == 1)
      #expect(smile[0] > 1, "everybody smiles in this image")
    }
    #expect(try FFmpegTool.frameCount(of: job.video("debug")) == 1)
  }

  @Test func aTruncatedStreamGivesTheFramesThatItHas() async throws {
    let folder = try TemporaryDirectory()
    try TestClips.write(.init(frames: 12), to: folder.file("whole.ts"))
    let bytes = try Data(contentsOf: folder.file("whole.ts"))
    try bytes.prefix(bytes.count * 2 / 3).write(to: folder.file("cut.ts"))
    let job = try await TestJobs.run(folder.file("cut.ts"))
    let count = job.result.record.frames.read
    #expect((4..<12).contains(count))
    for video in FinishedJob.videos { #expect(try FFmpegTool.frameCount(of: job.video(video)) == count) }
    for table in ["left_mirrored", "right_mirrored", "face"] { #expect(try job.table(table).rows.count == count) }
  }

  @Test func anOddSizeIsPaddedToAnEvenOne() async throws {
    let folder = try TemporaryDirectory()
    let clip = folder.file("odd.mkv")
    let source = try #require(SharedData.file("single_face.mp4"))
    let filter = "format=yuv444p,crop=351:287:100:30:exact=1"
    try FFmpegTool.make(["-i", source.path, "-frames:v", "4", "-an", "-vf", filter, "-c:v", "ffv1", clip.path])
    try #require(try FFmpegTool.entries("stream=width,height", of: clip) == ["351,287"])
    let job = try await TestJobs.run(clip)
    #expect(job.result.record.input.width == 351)
    #expect(job.result.record.input.height == 287)
    for video in FinishedJob.videos { #expect(try FFmpegTool.entries("stream=width,height", of: job.video(video)) == ["352,288"]) }
    #expect(try job.table("face")["success"] == [1, 1, 1, 1])
  }

  @Test func aFailedJobThrowsAnErrorOfOneLineAndLeavesNoFiles() async throws {
    let folder = try TemporaryDirectory()
    try Data("text".utf8).write(to: folder.file("a.mp4"))
    var options = try TestJobs.splitter().spec
    options.output = folder.file("out")
    for (name, code) in [("a.mp4", SplitFaceError.Code.badInput), ("missing.mp4", .badInput)] {
      let job = try TestJobs.splitter().start(folder.file(name), as: options)
      let error = await #expect(throws: SplitFaceError.self) { try await job.result() }
      #expect(error?.code == code)
      #expect(error?.description.contains("\n") == false)
    }
    options.encoder = "no_such_encoder"
    try TestClips.write(.init(frames: 2), to: folder.file("b.mp4"))
    let job = try TestJobs.splitter().start(folder.file("b.mp4"), as: options)
    await #expect { _ = try await job.result() } throws: { "\($0)".contains("no_such_encoder") }
    #expect(folder.contents == ["a.mp4", "b.mp4"])
  }
}
