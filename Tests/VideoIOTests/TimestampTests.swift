import Foundation
import TestSupport
import Testing
import VideoIO

/// The container's times, frame by frame, in what is read and in what is written.
@Suite(.enabled(if: FFmpegTool.isAvailable))
struct TimestampTests {
  private func check(_ file: URL, in folder: TemporaryDirectory, frames: Int? = nil, _ comment: Comment? = nil) throws {
    let expected = try probedTimes(file)
    let video = try ReadVideo(file)
    #expect(agree(video.times, expected), comment)
    if let frames { #expect(video.frames.count == frames, comment) }
    #expect(zip(video.frames, video.frames.dropFirst()).allSatisfy { $0.pts + $0.duration == $1.pts }, comment)
    let copy = folder.file("copy.mp4")
    try copyVideo(file, to: copy)
    #expect(agree(try probedTimes(copy), expected), comment)
  }

  @Test(arguments: ["mp4", "mkv"]) func variableFrameRateWithLongGaps(_ container: String) throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.\(container)")
    try FFmpegTool.make(
      source(frames: 30) + [
        "-vf", "settb=1/90000,setpts='N*N*90+if(gt(N,20),90000*12,0)'", "-vsync", "vfr", "-enc_time_base", "1/90000", "-c:v", "libx264",
        file.path,
      ])
    try check(file, in: folder, frames: 30)
  }

  @Test(arguments: ["1", "24000/1001", "30000/1001", "60", "240"]) func frameRates(_ rate: String) throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mov")
    try FFmpegTool.make(source(rate: rate, frames: 12) + ["-c:v", "mpeg4", file.path])
    try check(file, in: folder, frames: 12)
  }

  @Test func bFramesAndOpenGroups() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mp4")
    try FFmpegTool.make(
      source(frames: 60) + ["-c:v", "libx264", "-x264-params", "bframes=3:b-pyramid=normal:open-gop=1:keyint=12", file.path])
    try check(file, in: folder, frames: 60)
    for threads in [1, 4] {
      #expect(try ReadVideo(file, VideoReaderOptions(decoderThreads: threads)).frames.count == 60)
    }
  }

  /// Cut without encoding: an edit list hides what lies before the cut.
  @Test(arguments: ["0.5", "1.3"]) func editList(_ start: String) throws {
    let folder = try TemporaryDirectory()
    let whole = folder.file("whole.mp4")
    let file = folder.file("cut.mp4")
    try FFmpegTool.make(source(frames: 75, sound: ["-c:a", "aac"], seconds: 3) + ["-c:v", "libx264", "-g", "25", whole.path])
    try FFmpegTool.make(["-ss", start, "-i", whole.path, "-c", "copy", file.path])
    try check(file, in: folder)
    #expect(try ReadVideo(file).frames.count < 75)
  }

  @Test func streamsThatStartInTheMiddle() throws {
    let folder = try TemporaryDirectory()
    let whole = folder.file("whole.ts")
    try FFmpegTool.make(source(frames: 60) + ["-c:v", "libx264", "-x264-params", "open-gop=1:keyint=20:bframes=3", whole.path])
    let bytes = try Data(contentsOf: whole)
    let file = folder.file("middle.ts")
    try bytes.dropFirst(bytes.count / 2 / 188 * 188).write(to: file)
    let video = try ReadVideo(file)
    #expect(video.frames.count == (try probedTimes(file).count))
    #expect(zip(video.times, video.times.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test func lateStartIsKeptAndBroadcastClocksAreMoved() throws {
    let folder = try TemporaryDirectory()
    let late = folder.file("late.mp4")
    try FFmpegTool.make(source(frames: 10) + ["-c:v", "libx264", "-output_ts_offset", "3.21", late.path])
    try check(late, in: folder, frames: 10)
    let broadcast = folder.file("broadcast.ts")
    try FFmpegTool.make(source(frames: 10) + ["-c:v", "libx264", "-output_ts_offset", "5000", broadcast.path])
    let video = try ReadVideo(broadcast)
    let expected = try probedTimes(broadcast)
    #expect(video.info.timestampOrigin > 4999)
    #expect(agree(video.times.map { $0 + video.info.timestampOrigin }, expected))
    #expect(video.times[0] < 1)
    #expect(video.warnings.contains { $0.contains("moved to zero") })
  }

  @Test func negativeStartIsMovedToZero() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mkv")
    try FFmpegTool.make(
      source(frames: 20, sound: ["-c:a", "mp3"]) + [
        "-c:v", "mpeg4", "-output_ts_offset", "-0.32", "-avoid_negative_ts", "disabled", file.path,
      ])
    let expected = try probedTimes(file)
    try #require(expected[0] < 0)
    let video = try ReadVideo(file)
    #expect(agree(video.times, expected.map { $0 - expected[0] }))
    #expect(abs(video.info.timestampOrigin - expected[0]) < 1e-6)
    #expect(abs((video.audio.first?.timestamp ?? 9) - 0) < 0.05)
  }

  @Test func missingTimestampsAreMade() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.h264")
    try FFmpegTool.make(source(frames: 20) + ["-c:v", "libx264", "-bf", "0", file.path])
    let video = try ReadVideo(file)
    #expect(agree(video.times, (0..<20).map { video.times[0] + Double($0) / 25 }))
  }

  /// Matroska counts milliseconds, so frames at 2500 a second share them.
  @Test func repeatedTimestampsAreMovedByTheLeast() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mkv")
    try FFmpegTool.make(source(rate: "2500", frames: 40) + ["-c:v", "mpeg4", file.path])
    let video = try ReadVideo(file)
    #expect(video.frames.count == 40)
    #expect(zip(video.frames, video.frames.dropFirst()).allSatisfy { $0.pts < $1.pts })
    #expect(video.warnings.contains { $0.contains("repeated timestamp") })
    #expect(try copyVideo(file, to: folder.file("copy.mp4")).frameCount == 40)
  }

  @Test func repairChangesAsLittleAsPossible() {
    var repair = TimestampRepair(timeBase: Rational(1, 1000))
    let given: [Int64?] = [40, 80, 80, 79, 120, nil, 200, -5000, -4960, -4960]
    let repaired = given.map { repair.repair($0, step: 40) }
    #expect(repaired == [40, 80, 81, 82, 120, 160, 200, 240, 280, 281])
    #expect((repair.missing, repair.repeated, repair.jumps) == (1, 3, 1))
  }

  @Test func fineClocksKeepAMillisecond() throws {
    let folder = try TemporaryDirectory()
    let info = VideoInfo(width: 32, height: 32, frameRate: Rational(30, 1), timeBase: Rational(1, 1_000_000_000))
    let still = folder.file("still.png")
    try FFmpegTool.make(source("32x32", frames: 1) + [still.path])
    let image = try #require(try ReadVideo(still).frames.first?.image)
    let times: [Int64] = [0, 33_366_700, 66_733_400, 5_000_000_123, 5_000_900_000]
    let file = folder.file("fine.mp4")
    let writer = try VideoWriter(path: file.path, like: info)
    for time in times { try writer.write(image, pts: time, duration: 33_000_000) }
    _ = try writer.finish()
    #expect(agree(try probedTimes(file), times.map { Double($0) / 1e9 }))
  }
}
