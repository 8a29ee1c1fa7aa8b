import Foundation
import Imaging
import TestSupport
import Testing
import VideoIO

@Suite(.enabled(if: SharedData.isAvailable && FFmpegTool.isAvailable))
struct SharedClipTests {
  static let clips = ["carphone_pristine.mp4", "no_face.mp4", "single_face.mp4", "face_noface.mov"]

  @Test(arguments: clips) func everyFrameIsRead(_ name: String) throws {
    let file = try #require(SharedData.file(name))
    let video = try ReadVideo(file)
    let expected = try probedTimes(file)
    #expect(video.frames.map(\.index) == Array(expected.indices))
    #expect(zip(video.frames, expected).allSatisfy { abs($0.timestamp - $1) < 1e-5 })
    #expect(video.warnings == [])
  }

  @Test(arguments: clips) func copyKeepsTimestampsAndAudio(_ name: String) throws {
    let folder = try TemporaryDirectory()
    let file = try #require(SharedData.file(name))
    let copy = folder.file("copy.mp4")
    let written = try copyVideo(file, to: copy)
    let expected = try probedTimes(file)
    let times = try probedTimes(copy)
    #expect(written.frameCount == expected.count)
    #expect(times.count == expected.count)
    #expect(zip(times, expected).allSatisfy { abs($0 - $1) <= 0.001 })
    #expect(try audioHash(copy) == audioHash(file))
    #expect(folder.contents == ["copy.mp4"])
  }

  @Test(arguments: ["multi_face.jpg", "obama.jpg", "single_face.jpg", "astronaut.png"]) func stillImageIsAVideoOfOneFrame(_ name: String)
    throws
  {
    let file = try #require(SharedData.file(name))
    let video = try ReadVideo(file)
    #expect(video.frames.count == 1)
    #expect(video.info.isStillImage)
    let size = try FFmpegTool.entries("stream=width,height", of: file)
    #expect(size == ["\(video.frames[0].image.width),\(video.frames[0].image.height)"])
  }
}
