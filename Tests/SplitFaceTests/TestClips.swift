import Foundation
import TestSupport
import Testing

/// Clips cut from the shared one, in which a man is neutral until frame 17 and grins broadly from frame 24 to 68.
enum TestClips {
  struct Cut {
    /// The first frame, 0-based.
    var start = 0
    var frames: Int
    /// FFmpeg filters behind the cut.
    var filter: String?
    var sound = false
  }

  /// Nearly lossless, so that what is measured on two of them differs by what was done to them.
  static let encoding = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "4", "-pix_fmt", "yuv420p"]

  static func write(_ cut: Cut, to file: URL) throws {
    let source = try #require(SharedData.file("single_face.mp4"))
    let trim = "trim=start_frame=\(cut.start):end_frame=\(cut.start + cut.frames),setpts=PTS-STARTPTS"
    let filter = [trim, cut.filter].compactMap { $0 }.joined(separator: ",")
    let sound = cut.sound ? ["-c:a", "copy", "-shortest"] : ["-an"]
    try FFmpegTool.make(["-i", source.path, "-vf", filter] + encoding + sound + [file.path])
  }
}
