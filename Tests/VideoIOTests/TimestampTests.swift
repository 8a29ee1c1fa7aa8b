import Foundation
import TestSupport
import Testing
import VideoIO

/// Reading and writing keep the timestamps of the container, frame by frame.
@Suite(.enabled(if: FFmpegTool.isAvailable))
struct TimestampTests {
  /// Expects the times that ffprobe reports, in the video as it is read and in a copy.
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

  @Test(arguments: ["mp4", "mkv"]) func variableFrameRatesWithLongGapsKeepTheirTimes(_ container: String) throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.\(container)")
    try FFmpegTool.make(
      source(frames: 30) + [
        "-vf", "settb=1/90000,setpts='N*N*90+if(gt(N,20),90000*12,0)'", "-vsync", "vfr", "-enc_time_base", "1/90000", "-c:v", "libx264",
        file.path,
      ])
    try check(file, in: folder, frames: 30)
  }

  @Test(arguments: ["1", "24000/1001", "30000/1001", "60", "240"]) func constantFrameRatesKeepTheirTimes(_ rate: String) throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mov")
    try FFmpegTool.make(source(rate: rate, frames: 12) + ["-c:v", "mpeg4", file.path])
    try check(file, in: folder, frames: 12)
  }

  @Test func bFramesAndOpenGroupsKeepTheirTimes() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mp4")
    try FFmpegTool.make(
      source(frames: 60) + ["-c:v", "libx264", "-x264-params", "bframes=3:b-pyramid=normal:open-gop=1:keyint=12", file.path])
    try check(file, in: folder, frames: 60)
    for threads in [1, 4] {
      #expect(try ReadVideo(file, VideoReaderOptions(decoderThreads: threads)).frames.count == 60)
    }
  }

  /// In a clip that was cut without encoding, an edit list hides the frames before the cut.
  @Test(arguments: ["0.5", "1.3"]) func framesHiddenByAnEditListAreNotRead(_ start: String) throws {
    let folder = try TemporaryDirectory()
    let whole = folder.file("whole.mp4")
    let file = folder.file("cut.mp4")
    try FFmpegTool.make(source(frames: 75, audio: ["-c:a", "aac"], seconds: 3) + ["-c:v", "libx264", "-g", "25", whole.path])
    try FFmpegTool.make(["-ss", start, "-i", whole.path, "-c", "copy", file.path])
    try check(file, in: folder)
    #expect(try ReadVideo(file).frames.count < 75)
  }

  @Test func streamsThatStartInTheMiddleAreRead() throws {
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

  @Test func lateStartsAreKeptAndBroadcastClocksAreMovedToZero() throws {
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
      source(frames: 20, audio: ["-c:a", "mp3"]) + [
        "-c:v", "mpeg4", "-output_ts_offset", "-0.32", "-avoid_negative_ts", "disabled", file.path,
      ])
    let expected = try probedTimes(file)
    try #require(expected[0] < 0)
    let video = try ReadVideo(file)
    #expect(agree(video.times, expected.map { $0 - expected[0] }))
    #expect(abs(video.info.timestampOrigin - expected[0]) < 1e-6)
    #expect(abs((video.audio.first?.timestamp ?? 9) - 0) < 0.05)
  }

  @Test func missingTimestampsAreEstimated() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.h264")
    try FFmpegTool.make(source(frames: 20) + ["-c:v", "libx264", "-bf", "0", file.path])
    let video = try ReadVideo(file)
    #expect(agree(video.times, (0..<20).map { video.times[0] + Double($0) / 25 }))
  }

  /// Matroska counts milliseconds, so that several frames share one at 2500 frames per second.
  @Test func repeatedTimestampsAreMovedByTheSmallestStep() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mkv")
    try FFmpegTool.make(source(rate: "2500", frames: 40) + ["-c:v", "mpeg4", file.path])
    let video = try ReadVideo(file)
    #expect(video.frames.count == 40)
    #expect(zip(video.frames, video.frames.dropFirst()).allSatisfy { $0.pts < $1.pts })
    #expect(video.warnings.contains { $0.contains("repeated frame timestamps") })
    #expect(try copyVideo(file, to: folder.file("copy.mp4")).frameCount == 40)
  }

  @Test func repairChangesAsLittleAsPossible() {
    var repair = TimestampRepair(timeBase: Rational(1, 1000))
    let given: [Int64?] = [40, 80, 80, 79, 120, nil, 200, -5000, -4960, -4960]
    let repaired = given.map { repair.repair($0, step: 40) }
    #expect(repaired == [40, 80, 81, 82, 120, 160, 200, 240, 280, 281])
    #expect((repair.missing, repair.repeated, repair.backwardJumps) == (1, 3, 1))
  }

  /// Timestamps are in order and within the limit, regardless of the numbers in the container.
  @Test func repairedTimestampsStayWithinTheLimit() {
    for units in [1, 25, 1000, 90_000, 1_000_000, 1_000_000_000] {
      let longest = Int64(TimestampLimit.length) * Int64(units)
      for step in [Int64.min, 1, Int64(units), .max] {
        var repair = TimestampRepair(timeBase: Rational(1, units))
        let given: [Int64?] = [.max, .min, nil, 0, .max, .max - 1, -1, nil, 40, longest, longest * 2, .min, .min + 1, nil]
        let repaired = given.map { repair.repair($0, step: step) }
        #expect(zip(repaired, repaired.dropFirst()).allSatisfy { $0 < $1 })
        #expect(repaired[0] == 0, "\(units), \(step)")
        #expect(repaired.allSatisfy { $0 <= longest + Int64(given.count) }, "\(units), \(step)")
        #expect(repair.implausibleJumps > 0)
      }
    }
    // After an implausible jump, the distances are those of the container.
    var repair = TimestampRepair(timeBase: Rational(1, 1000))
    let far: Int64 = 1_000_000_000_000
    #expect([0, 40, far, far + 50, far + 110].map { repair.repair($0, step: 40) } == [0, 40, 80, 130, 190])
    #expect(repair.implausibleJumps == 1)
  }

  /// A clock that starts at a date, and a cluster of a Matroska file whose timestamp is millennia ahead: neither silence nor frames are
  /// added for the time between.
  @Test(.timeLimit(.minutes(2))) func implausibleJumpsAreIgnoredInAudioAndVideo() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mkv")
    try FFmpegTool.make(
      source(frames: 25, audio: ["-c:a", "pcm_s16le"]) + [
        "-c:v", "mjpeg", "-cluster_time_limit", "200", "-output_ts_offset", "1700000000", file.path,
      ])
    var bytes = try Data(contentsOf: file)
    // The identifiers of a cluster, and of its timestamp with a length of six bytes (matroska.org/technical/elements).
    var clusters: [Range<Int>] = []
    while let found = bytes.range(of: Data([0x1F, 0x43, 0xB6, 0x75]), in: (clusters.last?.upperBound ?? 0)..<bytes.count) {
      clusters.append(try #require(bytes.range(of: Data([0xE7, 0x86]), in: found.upperBound..<found.upperBound + 16)))
    }
    try #require(clusters.count > 3)
    let time = clusters[2].upperBound..<clusters[2].upperBound + 6
    bytes.replaceSubrange(time, with: [0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF])
    try bytes.write(to: file)
    let video = try ReadVideo(file)
    #expect(video.frames.count == 25)
    #expect(video.times[0] == 0)
    #expect(video.times.last ?? 9 < 2)
    #expect(video.audio.allSatisfy { abs($0.timestamp ?? 99) < 4 })
    #expect(video.warnings.contains { $0.contains("implausible timestamp jump") })
    #expect(video.warnings.contains { $0.contains("implausible audio timestamp jump") })
    let copy = folder.file("copy.mp4")
    #expect(try copyVideo(file, to: copy).frameCount == 25)
    #expect(try probedTimes(copy).count == 25)
    #expect(try FFmpegTool.entries("stream=codec_name", of: copy, stream: "a:0") == ["aac"])
  }

  /// A pause in the audio that is longer than the limit for silence stays a gap, and the audio after it keeps its time.
  @Test(.timeLimit(.minutes(2))) func longPausesInTheAudioStayGaps() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mkv")
    let pause = TimestampLimit.silence + 1000
    try FFmpegTool.make(
      ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-f", "lavfi", "-i", "sine=duration=2:sample_rate=8000"] + [
        "-vf", "settb=1/1000,setpts='N*40+gte(N,25)*\(pause)*1000'", "-af", "asetpts='N+gte(N,8192)*\(pause)*8000'", "-vsync", "vfr",
        "-frames:v", "50", "-c:v", "mjpeg", "-c:a", "pcm_s16le", file.path,
      ])
    let copy = folder.file("copy.mp4")
    #expect(try copyVideo(file, to: copy).frameCount == 50)
    let times = try FFmpegTool.entries("packet=pts_time", of: copy, stream: "a:0").compactMap(Double.init)
    #expect(times.count < 100)
    #expect(times.last ?? 0 > pause)
  }

  @Test func cancellingStopsTheInsertionOfSilence() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mkv")
    try FFmpegTool.make(
      ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-f", "lavfi", "-i", "sine=duration=2:sample_rate=8000"] + [
        "-vf", "settb=1/1000,setpts='N*40+gte(N,25)*500000'", "-af", "asetpts='N+gte(N,8192)*500*8000'", "-vsync", "vfr", "-frames:v",
        "50",
        "-c:v", "mjpeg", "-c:a", "pcm_s16le", file.path,
      ])
    let reader = try VideoReader(path: file.path)
    var options = VideoWriterOptions()
    options.cancellation = VideoCancellation()
    let writer = try VideoWriter(path: folder.file("copy.mp4").path, like: reader.info, options: options)
    options.cancellation.cancel()
    #expect { while let item = try reader.next() { if case .audio(let packet) = item { try writer.write(packet) } } } throws: {
      ($0 as? VideoError)?.code == .cancelled
    }
    writer.cancel()
    #expect(folder.contents == ["clip.mkv"])
  }

  @Test func cancellingStopsFinish() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mp4")
    try FFmpegTool.make(source(frames: 30) + ["-c:v", "libx264", file.path])
    let reader = try VideoReader(path: file.path)
    var options = VideoWriterOptions()
    options.cancellation = VideoCancellation()
    let writer = try VideoWriter(path: folder.file("copy.mp4").path, like: reader.info, options: options)
    while let item = try reader.next() {
      if case .frame(let frame) = item { try writer.write(frame.image, pts: frame.pts, duration: frame.duration) }
    }
    options.cancellation.cancel()
    #expect { try writer.finish() } throws: { ($0 as? VideoError)?.code == .cancelled }
    #expect(folder.contents == ["clip.mp4"])
  }

  /// Frames within one microsecond are written a microsecond apart.
  @Test func clocksFinerThanAMicrosecondKeepOrder() throws {
    let folder = try TemporaryDirectory()
    let info = VideoInfo(width: 32, height: 32, frameRate: Rational(30, 1), timeBase: Rational(1, 1_000_000_000))
    let still = folder.file("still.png")
    try FFmpegTool.make(source("32x32", frames: 1) + [still.path])
    let image = try #require(try ReadVideo(still).frames.first?.image)
    let file = folder.file("fine.mp4")
    let writer = try VideoWriter(path: file.path, like: info)
    for time in 0..<Int64(5) { try writer.write(image, pts: time, duration: 1) }
    #expect(try writer.finish().frameCount == 5)
    #expect(try FFmpegTool.frameCount(of: file) == 5)
  }

  @Test func clocksFinerThanAMicrosecondKeepTimesToAMillisecond() throws {
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
