import Foundation
import Imaging
import TestSupport
import Testing
import VideoIO

/// Going to a place in a video to look at a single frame.
@Suite(.enabled(if: FFmpegTool.isAvailable))
struct SeekTests {
  /// Writes a clip of four seconds with a key frame every 12 frames.
  private func clip(_ name: String, _ encoding: [String], in folder: TemporaryDirectory) throws -> URL {
    let file = folder.file(name)
    try FFmpegTool.make(source(frames: 100) + encoding + [file.path])
    return file
  }

  private func nextFrame(_ reader: VideoReader) throws -> VideoFrame? {
    while let item = try reader.next() {
      if case .frame(let frame) = item { return frame }
    }
    return nil
  }

  @Test(arguments: [
    ("mp4", "bframes=0"), ("mp4", "bframes=3:b-pyramid=normal"), ("mp4", "bframes=3:open-gop=1"), ("mkv", "bframes=3"),
    ("avi", "bframes=0"),
  ])
  func theLastKeyFrameBeforeATimeIsReadAsItIsInOrder(_ container: String, _ options: String) throws {
    let folder = try TemporaryDirectory()
    let encoding = ["-c:v", "libx264", "-x264-params", "keyint=12:scenecut=0:\(options)"]
    let file = try clip("clip.\(container)", encoding, in: folder)
    let frames = try ReadVideo(file, VideoReaderOptions(wantsAudio: false)).frames
    try #require(frames.count == 100)
    for threads in [1, 4] {
      let reader = try VideoReader(path: file.path, options: VideoReaderOptions(decoderThreads: threads, wantsAudio: false))
      // Ahead, back, twice to the same place, and to the last frame.
      for time in [0, 1.5, 3.1, 0.7, 0.75, 3.99, 0] {
        #expect(reader.seek(to: time))
        let frame = try #require(try nextFrame(reader))
        let same = try #require(frames.first { abs($0.timestamp - frame.timestamp) < 1e-6 }, "\(time) \(frame.timestamp)")
        #expect(frame.timestamp <= time + 1e-6)
        #expect(time - frame.timestamp < 12.0 / 25 + 1e-6)
        #expect(difference(frame.image.samples, same.image.samples) == 0, "\(time)")
      }
    }
  }

  @Test func readingContinuesInOrderFromThereToTheEnd() throws {
    let folder = try TemporaryDirectory()
    let file = try clip("clip.mp4", ["-c:v", "libx264", "-x264-params", "keyint=12:scenecut=0:bframes=3"], in: folder)
    let frames = try ReadVideo(file, VideoReaderOptions(wantsAudio: false)).frames
    let reader = try VideoReader(path: file.path, options: VideoReaderOptions(wantsAudio: false))
    while try nextFrame(reader) != nil {}
    // The end was reached before.
    #expect(reader.seek(to: 2))
    var times: [Double] = []
    while let frame = try nextFrame(reader) { times.append(frame.timestamp) }
    #expect(agree(times, frames.map(\.timestamp).suffix(times.count)))
    #expect(times.count > 40)
  }

  @Test func aClipThatWasCutWithoutEncodingKeepsItsTimes() throws {
    let folder = try TemporaryDirectory()
    let whole = try clip("whole.mp4", ["-c:v", "libx264", "-x264-params", "keyint=12:scenecut=0"], in: folder)
    let file = folder.file("cut.mp4")
    try FFmpegTool.make(["-ss", "1.3", "-i", whole.path, "-c", "copy", file.path])
    let frames = try ReadVideo(file, VideoReaderOptions(wantsAudio: false)).frames
    let reader = try VideoReader(path: file.path, options: VideoReaderOptions(wantsAudio: false))
    for time in [0.0, 1, 2] {
      #expect(reader.seek(to: time))
      let frame = try #require(try nextFrame(reader))
      #expect(frames.contains { abs($0.timestamp - frame.timestamp) < 1e-6 }, "\(time) \(frame.timestamp)")
    }
  }

  @Test func aBroadcastClockThatStartsLateIsMovedToZero() throws {
    let folder = try TemporaryDirectory()
    let encoding = ["-c:v", "libx264", "-x264-params", "keyint=12:scenecut=0", "-output_ts_offset", "3600"]
    let file = try clip("clip.ts", encoding, in: folder)
    let reader = try VideoReader(path: file.path, options: VideoReaderOptions(wantsAudio: false))
    try #require(reader.info.timestampOrigin > 3000)
    for time in [2.5, 0.5] where reader.seek(to: time) {
      let frame = try #require(try nextFrame(reader))
      #expect(abs(frame.timestamp - time) < 1, "\(time) \(frame.timestamp)")
    }
  }

  @Test(arguments: ["h264", "mjpeg", "flv"]) func aFileWithoutAnIndexGivesFramesInOrderOrNone(_ container: String) throws {
    let folder = try TemporaryDirectory()
    let encoding = container == "mjpeg" ? ["-c:v", "mjpeg", "-pix_fmt", "yuvj420p"] : ["-c:v", "libx264", "-g", "12"]
    let file = try clip("clip.\(container)", encoding, in: folder)
    let reader = try VideoReader(path: file.path, options: VideoReaderOptions(wantsAudio: false))
    for time in [2.0, 1] {
      _ = reader.seek(to: time)
      var times: [Double] = []
      while let frame = try nextFrame(reader) { times.append(frame.timestamp) }
      #expect(zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
    }
  }

  @Test func framesThatNothingRefersToAreSkippedAndTheOthersAreUnchanged() throws {
    let folder = try TemporaryDirectory()
    let file = try clip("clip.mp4", ["-c:v", "libx264", "-x264-params", "keyint=50:scenecut=0:bframes=3"], in: folder)
    let all = try ReadVideo(file, VideoReaderOptions(wantsAudio: false)).frames
    var options = VideoReaderOptions(wantsAudio: false)
    options.skipsUnreferencedFrames = true
    let some = try ReadVideo(file, options).frames
    #expect(some.count < 80)
    #expect(some.count > 20)
    for frame in some {
      let same = try #require(all.first { abs($0.timestamp - frame.timestamp) < 1e-6 })
      #expect(difference(frame.image.samples, same.image.samples) == 0, "\(frame.timestamp)")
    }
  }
}
