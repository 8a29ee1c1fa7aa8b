import Foundation
import SplitFace
import TestSupport
import Testing

/// Frames, rows and bytes are counted from the files on disk.
@Suite struct WrittenFileTests {
  @Test func aMissingRowIsDetected() throws {
    let folder = try TemporaryDirectory()
    let table = folder.file("a_face.csv")
    try Data("frame,quality\n1,0.5\n2,0.5\n".utf8).write(to: table)
    let whole = try WrittenFile(table.path, checkStop: {})
    #expect(whole.rows == 2)
    #expect(whole.frames == nil)
    #expect(whole.bytes == 26)
    try whole.require(2, in: "a_face.csv")
    try Data("frame,quality\n1,0.5\n".utf8).write(to: table)
    #expect { try WrittenFile(table.path, checkStop: {}).require(2, in: "a_face.csv") } throws: {
      ($0 as? SplitFaceError)?.code == .countMismatch
    }
  }

  @Test(.enabled(if: FFmpegTool.isAvailable)) func aMissingFrameIsDetected() throws {
    let folder = try TemporaryDirectory()
    let video = folder.file("a_debug.mp4")
    func make(_ frames: Int) throws {
      try FFmpegTool.make(
        ["-f", "lavfi", "-i", "testsrc2=size=64x48:rate=25", "-frames:v", String(frames), "-c:v", "libx264", "-bf", "2", video.path])
    }
    try make(9)
    try WrittenFile(video.path, checkStop: {}).require(9, in: "a_debug.mp4")
    #expect { try WrittenFile(video.path, checkStop: {}).require(10, in: "a_debug.mp4") } throws: { "\($0)".contains("9 frames, but 10") }
    // The index at the end of the file is cut off.
    let bytes = try Data(contentsOf: video)
    try bytes.dropLast(bytes.count / 3).write(to: video)
    #expect(throws: (any Error).self) { try WrittenFile(video.path, checkStop: {}) }
  }

  @Test func readingStopsWhenTheJobIsCancelled() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("large.bin")
    try Data(count: 4 << 20).write(to: file)
    var pieces = 0
    #expect(throws: CancellationError.self) {
      try WrittenFile(
        file.path,
        checkStop: {
          pieces += 1
          if pieces == 2 { throw CancellationError() }
        })
    }
    #expect(pieces == 2)
  }
}
