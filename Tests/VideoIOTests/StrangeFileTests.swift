import Foundation
import Imaging
import TestSupport
import Testing
import VideoIO

/// Containers of many kinds, unusual contents, damaged files, and files that refer to others.
@Suite(.enabled(if: FFmpegTool.isAvailable))
struct StrangeFileTests {
  /// A sample of the files that libFuzzer kept (Fuzz/run.sh) gives frames in order, or an error.
  @Test func filesOfTheFuzzersCorpusGiveFramesInOrder() throws {
    let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil)).appending(path: "FuzzVideo")
    let files = try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
    #expect(files.count > 20)
    for file in files {
      guard let reader = try? VideoReader(path: file.path, options: VideoReaderOptions(maximumPixels: 512 * 512)) else { continue }
      var last: Int64?
      while let item = try? reader.next() {
        guard case .frame(let frame) = item else { continue }
        #expect(frame.pts > last ?? .min, "\(file.lastPathComponent)")
        #expect(frame.duration > 0, "\(file.lastPathComponent)")
        last = frame.pts
      }
    }
  }

  @Test(arguments: [
    ("mp4", "libx264"), ("mov", "libx265"), ("mkv", "libvpx-vp9"), ("webm", "libvpx"), ("avi", "mpeg4"), ("mpg", "mpeg1video"),
    ("ts", "mpeg2video"),
    ("m2ts", "libx264"), ("3gp", "h263"), ("flv", "flv1"), ("wmv", "wmv2"), ("mjpeg", "mjpeg"), ("ogv", "libtheora"),
    ("y4m", "wrapped_avframe"),
    ("mxf", "mpeg2video"), ("dv", "dvvideo"), ("apng", "apng"), ("webp", "libwebp"),
  ])
  func everyFrameIsReadFromEveryContainer(_ container: String, _ codec: String) throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.\(container)")
    let size = container == "dv" ? "720x576" : container == "3gp" || container == "mpg" ? "176x144" : "96x64"
    let frames = container == "webp" ? 1 : 10
    let format = codec == "apng" || codec == "libwebp" ? [] : ["-pix_fmt", codec == "mjpeg" ? "yuvj420p" : "yuv420p"]
    let tail = codec == "wrapped_avframe" ? [] : ["-c:v", codec]
    try FFmpegTool.make(source(size, frames: frames) + format + tail + [file.path])
    let video = try ReadVideo(file)
    #expect(video.frames.count == (try probedTimes(file).count))
    #expect(video.frames.count >= frames - 1)
    let arguments = ["-i", file.path, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", "yuv420p", "-"]
    if video.info.isNative, video.info.colour.range == .limited {
      #expect(video.frames[0].image.samples == [UInt8](try FFmpegTool.output(arguments)))
    }
  }

  @Test func oneVideoAndOneAudioStreamAreChosen() throws {
    let folder = try TemporaryDirectory()
    let (file, subtitles) = (folder.file("clip.mkv"), folder.file("a.srt"))
    try "1\n00:00:00,000 --> 00:00:01,000\nHello\n".write(to: subtitles, atomically: true, encoding: .utf8)
    let tones = (1...5).flatMap { ["-f", "lavfi", "-i", "sine=frequency=\($0)00:duration=1"] }
    let maps = (0...7).flatMap { ["-map", "\($0)"] }
    try FFmpegTool.make(
      ["-f", "lavfi", "-i", "testsrc2=size=64x48", "-f", "lavfi", "-i", "testsrc2=size=128x96"] + tones
        + ["-i", subtitles.path] + maps + ["-t", "1", "-c:v", "libx264", "-c:a", "aac", file.path])
    let video = try ReadVideo(file)
    #expect(video.frames.count == 25)
    #expect(video.audio.count == (try FFmpegTool.entries("packet=pts", of: file, stream: "a:0").count))
    #expect(video.warnings.contains { $0.contains("2 video streams") })
    #expect(video.warnings.contains { $0.contains("5 audio streams") })
  }

  @Test func coverArtIsNotAVideo() throws {
    let folder = try TemporaryDirectory()
    let (cover, song, film, clip) = (folder.file("cover.jpg"), folder.file("song.m4a"), folder.file("film.mp4"), folder.file("clip.mp4"))
    try FFmpegTool.make(source("320x240", frames: 1) + ["-pix_fmt", "yuvj420p", cover.path])
    try FFmpegTool.make(source(frames: 10) + ["-c:v", "libx264", "-pix_fmt", "yuv420p", clip.path])
    let attach = ["-c:v:1", "copy", "-disposition:v:1", "attached_pic"]
    try FFmpegTool.make(["-i", clip.path, "-i", cover.path, "-map", "0", "-map", "1", "-c", "copy"] + attach + [film.path])
    try FFmpegTool.make([
      "-f", "lavfi", "-i", "sine=duration=1", "-i", cover.path, "-map", "0", "-map", "1", "-c:v", "copy", "-disposition:v", "attached_pic",
      song.path,
    ])
    #expect(try failure(reading: song) == .noVideoStream)
    let video = try ReadVideo(film)
    #expect(video.info.width == 64)
    #expect(video.frames.count == 10)
  }

  @Test func laterSizesAreScaledToTheFirst() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("both.ts")
    var bytes = Data()
    for (size, offset) in [("64x48", "0"), ("96x80", "1"), ("64x48", "2")] {
      let part = folder.file("part.ts")
      try FFmpegTool.make(
        source() + [
          "-vf", "scale=\(size.replacing("x", with: ":"))", "-c:v", "libx264", "-bf", "0", "-output_ts_offset", offset, part.path,
        ])
      bytes += try Data(contentsOf: part)
    }
    try bytes.write(to: file)
    let video = try ReadVideo(file)
    #expect(video.frames.count == 30)
    #expect(video.frames.allSatisfy { ($0.image.width, $0.image.height) == (64, 48) })
    #expect(video.warnings.contains { $0.contains("frame size changes: 10 frames") })
    #expect(difference(video.frames[10].image.samples, video.frames[0].image.samples) < 12)
  }

  @Test func interlacedAndAnamorphicVideosAreRecognised() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mpg")
    try FFmpegTool.make(source("96x64") + ["-c:v", "mpeg2video", "-flags", "+ildct+ilme", "-aspect", "16:9", file.path])
    let video = try ReadVideo(file)
    #expect(video.info.isInterlaced)
    #expect(abs(video.info.sampleAspectRatio.value - 16.0 / 9 / 1.5) < 0.01)
  }

  @Test func framesLargerThanTheLimitAreRefused() throws {
    let folder = try TemporaryDirectory()
    let (file, copy) = (folder.file("big.mp4"), folder.file("copy.mp4"))
    try FFmpegTool.make([
      "-f", "lavfi", "-i", "color=gray:size=7680x4320", "-frames:v", "1", "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast",
      file.path,
    ])
    #expect(try copyVideo(file, to: copy).frameCount == 1)
    #expect(try FFmpegTool.entries("stream=width,height", of: copy) == ["7680,4320"])
    #expect(try failure(reading: file, VideoReaderOptions(maximumPixels: 4096 * 4096)) == .tooLarge)
  }

  @Test func filesThatAreNotVideosAreErrorsOfOneLine() throws {
    let folder = try TemporaryDirectory()
    let text = folder.file("text.mp4")
    try "This is not a video.\n".write(to: text, atomically: true, encoding: .utf8)
    let empty = folder.file("empty.mp4")
    try Data().write(to: empty)
    let noise = folder.file("noise.mp4")
    try Data((0..<100_000).map { UInt8(truncatingIfNeeded: ($0 &* 2_654_435_761) >> 13) }).write(to: noise)
    let audio = folder.file("audio.mp4")
    try FFmpegTool.make(["-f", "lavfi", "-i", "sine=duration=1", audio.path])
    #expect(try failure(reading: text) == .notAVideo)
    #expect(try failure(reading: empty) == .notAVideo)
    #expect(try failure(reading: noise) != nil)
    #expect(try failure(reading: audio) == .noVideoStream)
    #expect(try failure(reading: folder.url) == .cannotOpen)
    #expect(try failure(reading: folder.file("missing\nname.mp4")) == .cannotOpen)
    #expect(try failure(reading: URL(filePath: "/dev/zero")) == .cannotOpen)
  }

  /// Lists are refused even where the video that they refer to exists, and names with patterns are not expanded.
  @Test func filesThatReferToOthersAreRefused() throws {
    let folder = try TemporaryDirectory()
    let clip = folder.file("clip.mp4")
    try FFmpegTool.make(source() + ["-c:v", "libx264", clip.path])
    try FFmpegTool.make(source() + ["-c:v", "libx264", "-f", "hls", folder.file("list.m3u8").path])
    try FFmpegTool.make(source() + ["-c:v", "libx264", "-f", "dash", folder.file("list.mpd").path])
    try "ffconcat version 1.0\nfile clip.mp4\n".write(to: folder.file("list.ffconcat"), atomically: true, encoding: .utf8)
    try "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=video 5004 RTP/AVP 96\na=rtpmap:96 H264/90000\n"
      .write(to: folder.file("list.sdp"), atomically: true, encoding: .utf8)
    try FileManager.default.copyItem(at: folder.file("list.m3u8"), to: folder.file("disguised.mp4"))
    for name in ["list.m3u8", "list.mpd", "list.ffconcat", "list.sdp", "disguised.mp4"] {
      #expect(try failure(reading: folder.file(name)) == .refersElsewhere, "\(name)")
    }
    for index in 1...3 { try FFmpegTool.make(source(frames: 1) + [folder.file("p\(index).png").path]) }
    #expect(try failure(reading: folder.file("p%d.png")) == .cannotOpen)
    try FileManager.default.copyItem(at: folder.file("p1.png"), to: folder.file("q%d.png"))
    #expect(try ReadVideo(folder.file("q%d.png")).frames.count == 1)
  }

  @Test(arguments: ["mp4", "ts", "mkv", "avi"]) func truncatedFilesGiveFramesInOrderOrAnError(_ container: String) throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("whole.\(container)")
    let options = container == "mp4" ? ["-movflags", "+faststart"] : []
    try FFmpegTool.make(source(frames: 40, audio: ["-c:a", "aac"]) + ["-c:v", "libx264", "-g", "10"] + options + [file.path])
    let bytes = try Data(contentsOf: file)
    var readable = 0
    for part in 1...20 {
      let cut = folder.file("cut")
      try bytes.prefix(bytes.count * part / 21).write(to: cut)
      do {
        let video = try ReadVideo(cut)
        #expect((1...40).contains(video.frames.count))
        #expect(zip(video.frames, video.frames.dropFirst()).allSatisfy { $0.pts < $1.pts })
        if container == "mp4", video.frames.count < 38 { #expect(video.warnings.contains { $0.contains("ends early") }) }
        readable += 1
      } catch let error as VideoError {
        let codes: [VideoError.Code] = [.notAVideo, .noFrames, .noVideoStream, .readFailed, .unsupported]
        #expect(codes.contains(error.code))
      }
    }
    #expect(readable > 5)
  }

  @Test(arguments: ["mp4", "ts", "mkv", "gif", "jpg"]) func flippedBitsGiveFramesInOrderOrAnError(_ container: String) throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("whole.\(container)")
    let isStill = container == "gif" || container == "jpg"
    try FFmpegTool.make(source(frames: isStill ? 1 : 20) + (isStill ? [] : ["-c:v", "libx264"]) + [file.path])
    let bytes = try Data(contentsOf: file)
    var random = SystemRandomNumberGenerator()
    for _ in 0..<25 {
      var damaged = bytes
      for _ in 0..<4 { damaged[Int.random(in: 0..<bytes.count, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random) }
      let cut = folder.file("damaged")
      try damaged.write(to: cut)
      // Any frames in order or any error will do, but no crash and no hang.
      do {
        let video = try ReadVideo(cut, VideoReaderOptions(maximumPixels: 1 << 22))
        #expect(zip(video.frames, video.frames.dropFirst()).allSatisfy { $0.pts < $1.pts })
      } catch is VideoError {}
    }
  }

  @Test func cancellationStopsReading() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mp4")
    try FFmpegTool.make(source(frames: 30) + ["-c:v", "libx264", file.path])
    let cancellation = VideoCancellation()
    let reader = try VideoReader(path: file.path, options: VideoReaderOptions(cancellation: cancellation))
    _ = try reader.next()
    cancellation.cancel()
    #expect(throws: VideoError.self) { while try reader.next() != nil {} }
    #expect(try failure(reading: file, VideoReaderOptions(cancellation: cancellation)) == .cancelled)
  }
}
