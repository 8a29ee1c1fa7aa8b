import Foundation
import Imaging
import TestSupport
import Testing
import VideoIO

/// A written video contains what the writer was given, and appears only once it is complete.
@Suite(.enabled(if: FFmpegTool.isAvailable))
struct WriterTests {
  @Test func framesAreNearlyUnchanged() throws {
    let folder = try TemporaryDirectory()
    let (file, copy) = (folder.file("clip.mp4"), folder.file("copy.mp4"))
    try FFmpegTool.make(source("320x240", frames: 6) + ["-c:v", "libx264", "-pix_fmt", "yuv420p", file.path])
    try copyVideo(file, to: copy, VideoWriterOptions(encoder: "libx264"))
    let expected = try decodedByFFmpeg(file, frames: 6)
    #expect(difference(try decodedByFFmpeg(copy, frames: 6), expected) < 2)
  }

  /// x264 writes its settings into the stream.
  @Test(arguments: [(VideoWriterOptions.RateControl.quantizer, "rc=cqp", "qp=18"), (.rateFactor, "rc=crf", "crf=18.0")])
  func rateControlIsPassedToTheEncoder(_ control: VideoWriterOptions.RateControl, _ mode: String, _ value: String) throws {
    let folder = try TemporaryDirectory()
    let (file, copy) = (folder.file("clip.mkv"), folder.file("copy.mp4"))
    try FFmpegTool.make(source("320x240", frames: 2) + ["-c:v", "ffv1", file.path])
    try copyVideo(file, to: copy, VideoWriterOptions(encoder: "libx264", rateControl: control))
    let note = String(decoding: try Data(contentsOf: copy), as: UTF8.self).split(whereSeparator: { $0 == " " || $0 == "\0" })
    #expect(note.contains { $0 == mode })
    #expect(note.contains { $0 == value })
  }

  /// H.264 in 4:2:0 has no odd sizes, so the last column and row are repeated.
  @Test(arguments: [("65x49", 66, 50), ("64x49", 64, 50), ("17x16", 18, 16), ("16x16", 16, 16), ("1x1", 2, 2), ("3x201", 4, 202)])
  func oddSizesArePadded(_ size: String, _ width: Int, _ height: Int) throws {
    let folder = try TemporaryDirectory()
    let (file, copy) = (folder.file("clip.mkv"), folder.file("copy.mp4"))
    try FFmpegTool.make(
      [
        "-f", "lavfi", "-i", "testsrc2=size=320x240,scale=\(size.replacing("x", with: ":"))", "-frames:v", "3", "-pix_fmt", "yuv420p",
        "-c:v", "ffv1", file.path,
      ])
    let video = try ReadVideo(file)
    #expect("\(video.info.width)x\(video.info.height)" == size)
    try copyVideo(file, to: copy, VideoWriterOptions(encoder: "libx264", quality: 1))
    #expect(try FFmpegTool.entries("stream=width,height", of: copy) == ["\(width),\(height)"])
    let (original, read) = (video.frames[2].image, try ReadVideo(copy).frames[2].image)
    let worst = (0..<width * height).map { place in
      let (x, y) = (place % width, place / width)
      return abs(Int(read.y[x, y]) - Int(original.y[min(x, original.width - 1), min(y, original.height - 1)]))
    }.max()
    #expect(worst ?? 255 <= 12)
  }

  @Test(arguments: [
    ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"],
    ["-colorspace", "smpte170m", "-color_primaries", "smpte170m", "-color_trc", "smpte170m", "-color_range", "tv"],
    ["-colorspace", "bt2020nc", "-color_primaries", "bt2020", "-color_trc", "arib-std-b67", "-color_range", "pc"], [],
  ])
  func colourTagsAreKept(_ tags: [String]) throws {
    let folder = try TemporaryDirectory()
    let (file, copy) = (folder.file("clip.mp4"), folder.file("copy.mp4"))
    try FFmpegTool.make(source(frames: 2) + ["-pix_fmt", "yuv420p", "-c:v", "libx264"] + tags + [file.path])
    try copyVideo(file, to: copy)
    let entries = "stream=color_range,color_space,color_transfer,color_primaries,chroma_location"
    #expect(try FFmpegTool.entries(entries, of: copy) == FFmpegTool.entries(entries, of: file))
  }

  @Test func indexIsAtTheFrontAndMetadataInside() throws {
    let folder = try TemporaryDirectory()
    let (file, copy) = (folder.file("clip.mp4"), folder.file("copy.mp4"))
    try FFmpegTool.make(source(audio: ["-c:a", "aac"]) + ["-c:v", "libx264", "-aspect", "16:9", file.path])
    let written = try copyVideo(file, to: copy, VideoWriterOptions(metadata: ["title": "left"]))
    let bytes = try Data(contentsOf: copy)
    let index = try #require(bytes.range(of: Data("moov".utf8)))
    let media = try #require(bytes.range(of: Data("mdat".utf8)))
    #expect(index.lowerBound < media.lowerBound)
    #expect(written.byteCount == bytes.count)
    #expect(try FFmpegTool.probe(["-show_entries", "format_tags=title", "-of", "csv=p=0", copy.path]) == "left\n")
    let shape = "stream=sample_aspect_ratio"
    #expect(try FFmpegTool.entries(shape, of: copy) == FFmpegTool.entries(shape, of: file))
  }

  @Test(arguments: ["aac", "libmp3lame", "ac3", "alac", "libopus", "flac"]) func audioIsCopiedBitByBit(_ codec: String) throws {
    let folder = try TemporaryDirectory()
    let (file, copy) = (folder.file("clip.mkv"), folder.file("copy.mp4"))
    try FFmpegTool.make(source(frames: 50, audio: ["-ar", "48000", "-c:a", codec]) + ["-c:v", "libx264", file.path])
    let written = try copyVideo(file, to: copy)
    #expect(written.audioPacketCount > 3)
    #expect(try audioHash(copy) == audioHash(file))
    try copyVideo(file, to: copy, VideoWriterOptions(audio: .none))
    #expect(try audioHash(copy) == "")
  }

  @Test func adtsAudioOfTransportStreamsIsCopied() throws {
    let folder = try TemporaryDirectory()
    let (file, copy) = (folder.file("clip.ts"), folder.file("copy.mp4"))
    try FFmpegTool.make(source(frames: 50, audio: ["-c:a", "aac"]) + ["-c:v", "libx264", file.path])
    try copyVideo(file, to: copy)
    #expect(abs(try firstLoudTime(copy) - firstLoudTime(file)) < 0.03)
    #expect(try FFmpegTool.entries("stream=codec_name", of: copy, stream: "a:0") == ["aac"])
  }

  /// Audio that MP4 players do not support becomes AAC, and a tone keeps its time.
  @Test(arguments: [("pcm_s16le", "avi"), ("pcm_s24le", "mov"), ("libvorbis", "mkv"), ("pcm_u8", "mov"), ("adpcm_ima_wav", "avi")])
  func otherAudioBecomesAAC(_ codec: String, _ container: String) throws {
    let folder = try TemporaryDirectory()
    let (file, copy) = (folder.file("clip.\(container)"), folder.file("copy.mp4"))
    let tone = "aevalsrc='if(between(t,1,1.2),sin(3000*t),0)':duration=3:sample_rate=32000"
    try FFmpegTool.make([
      "-f", "lavfi", "-i", "testsrc2=size=64x48", "-f", "lavfi", "-i", tone, "-t", "3", "-c:v", "mpeg4", "-c:a", codec, file.path,
    ])
    let reader = try VideoReader(path: file.path)
    let writer = try VideoWriter(path: copy.path, like: reader.info)
    #expect(writer.audioNote?.contains("AAC") == true)
    while let item = try reader.next() {
      switch item {
      case .frame(let frame): try writer.write(frame.image, pts: frame.pts, duration: frame.duration)
      case .audio(let packet): try writer.write(packet)
      }
    }
    _ = try writer.finish()
    #expect(try FFmpegTool.entries("stream=codec_name", of: copy, stream: "a:0") == ["aac"])
    let start = try firstLoudTime(copy)
    #expect(abs(start - 1) < 0.05, "the tone starts at \(start)")
  }

  /// The time in seconds at which the audio first gets loud.
  private func firstLoudTime(_ file: URL) throws -> Double {
    let arguments = [
      "-i", file.path, "-map", "0:a:0", "-af", "aresample=async=1:first_pts=0", "-ac", "1", "-ar", "16000", "-f", "s16le", "-",
    ]
    let bytes = [UInt8](try FFmpegTool.output(arguments))
    let first = stride(from: 0, to: bytes.count - 1, by: 2).first { index in
      abs(Int(Int16(bitPattern: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8))) > 2000
    }
    return first.map { Double($0) / 32000 } ?? -1
  }

  @Test func threeWritersAtOnceWriteTheSameFile() async throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mp4")
    try FFmpegTool.make(source("320x240", frames: 40, audio: ["-c:a", "aac"]) + ["-c:v", "libx264", "-pix_fmt", "yuv420p", file.path])
    try await withThrowingTaskGroup(of: Void.self) { group in
      for index in 0..<3 { group.addTask { try copyVideo(file, to: folder.file("\(index).mp4")) } }
      try await group.waitForAll()
    }
    let contents = try (0..<3).map { try Data(contentsOf: folder.file("\($0).mp4")) }
    #expect(contents[0] == contents[1])
    #expect(contents[1] == contents[2])
  }

  @Test func noFileIsLeftWithoutFinish() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mp4")
    try FFmpegTool.make(source() + ["-c:v", "libx264", "-pix_fmt", "yuv420p", file.path])
    let video = try ReadVideo(file)
    do {
      let writer = try VideoWriter(path: folder.file("dropped.mp4").path, like: video.info)
      try writer.write(video.frames[0].image, pts: 0, duration: 1)
      #expect(folder.contents.contains { $0.hasPrefix(".dropped.mp4.partial-") })
    }
    let writer = try VideoWriter(path: folder.file("cancelled.mp4").path, like: video.info)
    writer.cancel()
    #expect(throws: VideoError.self) { try writer.write(video.frames[0].image, pts: 0, duration: 1) }
    #expect(throws: VideoError.self) { try VideoWriter(path: folder.file("empty.mp4").path, like: video.info).finish() }
    #expect(folder.contents == ["clip.mp4"])
  }

  @Test func impossiblePathsAndEncodersAreErrors() throws {
    let folder = try TemporaryDirectory()
    let info = VideoInfo(width: 64, height: 48, frameRate: Rational(25, 1))
    func code(_ path: String, _ options: VideoWriterOptions = VideoWriterOptions()) -> VideoError.Code? {
      do { _ = try VideoWriter(path: path, like: info, options: options) } catch { return error.code }
      return nil
    }
    #expect(code(folder.path + "/missing/a.mp4") == .cannotCreate)
    #expect(code("/proc/a.mp4") == .cannotCreate)
    #expect(code(folder.path + "/a.mp4", VideoWriterOptions(encoder: "no_such_encoder")) == .noEncoder)
    #expect(code(folder.path + "/a.mp4", VideoWriterOptions(encoder: "aac")) == .noEncoder)
    #expect(folder.contents == [])
  }

  @Test func anyFileNameCanBeWrittenAndRead() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mp4")
    try FFmpegTool.make(source(frames: 2) + ["-c:v", "libx264", "-pix_fmt", "yuv420p", file.path])
    let names = [
      "-dash", "file:a", "a%03d", "größe 顔", "new\nline", "http:x", "pipe:1", String(repeating: "x", count: 255), "a b'c\"", "*?{1,2}",
    ]
    for name in names {
      let copy = folder.url.appending(path: name)
      try copyVideo(file, to: copy)
      #expect(try ReadVideo(copy).frames.count == 2)
    }
    #expect(Set(folder.contents) == Set(names + ["clip.mp4"]))
  }

  @Test func everyEncoderWorksOrHasAReason() {
    let candidates = VideoEncoders.usable()
    #expect(candidates.contains { $0.works })
    #expect(candidates.allSatisfy { $0.works == ($0.reason == nil) })
  }
}
