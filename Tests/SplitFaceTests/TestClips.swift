import Foundation
import TestSupport
import Testing

/// Clips cut from the shared one, in which a man has a neutral face until frame 17 and grins broadly from frame 24 to 68.
enum TestClips {
  struct Cut {
    /// The index of the first frame, from 0.
    var start = 0
    var frames: Int
    /// FFmpeg filters applied after the cut.
    var filter: String?
    var audio = false
  }

  /// Nearly lossless, so that measurements on two clips differ only because of their filters.
  static let encoding = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "4", "-pix_fmt", "yuv420p"]

  static func write(_ cut: Cut, to file: URL) throws {
    let source = try #require(SharedData.file("single_face.mp4"))
    let trim = "trim=start_frame=\(cut.start):end_frame=\(cut.start + cut.frames),setpts=PTS-STARTPTS"
    let filter = [trim, cut.filter].compactMap { $0 }.joined(separator: ",")
    let audio = cut.audio ? ["-c:a", "copy", "-shortest"] : ["-an"]
    try FFmpegTool.make(["-i", source.path, "-vf", filter] + encoding + audio + [file.path])
  }
}
