import Foundation
import Imaging
import TestSupport
import Testing
import VideoIO

/// Frames of every pixel format become 8-bit 4:2:0 images with the same appearance.
@Suite(.enabled(if: FFmpegTool.isAvailable))
struct PixelFormatTests {
  @Test(arguments: ["yuv420p", "yuvj420p"]) func eightBit420IsKeptExactly(_ format: String) throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mkv")
    try FFmpegTool.make(source(frames: 3) + ["-pix_fmt", format, "-c:v", "libx264", file.path])
    let video = try ReadVideo(file)
    #expect(video.info.isNative)
    #expect(video.info.colour.range == (format == "yuvj420p" ? .full : .limited))
    let expected = try FFmpegTool.output(["-i", file.path, "-f", "rawvideo", "-pix_fmt", format, "-"])
    #expect(video.frames.flatMap(\.image.samples) == [UInt8](expected))
  }

  /// A smooth 4:2:0 image that was stored in a deeper or finer YUV format is recovered within rounding.
  @Test(arguments: [
    ("nv12", "rawvideo", "nut"), ("yuv422p", "ffv1", "mkv"), ("yuv444p", "libx264", "mp4"), ("yuv420p10le", "libx265", "mp4"),
    ("yuv422p10le", "prores_ks", "mov"), ("yuv444p12le", "libx265", "mkv"), ("yuv444p16le", "ffv1", "mkv"), ("yuva420p", "ffv1", "mkv"),
    ("yuva444p10le", "prores_ks", "mov"), ("yuv410p", "ffv1", "mkv"), ("yuyv422", "rawvideo", "nut"), ("uyvy422", "rawvideo", "avi"),
    ("yuv440p", "ffv1", "mkv"), ("yuvj422p", "mjpeg", "avi"), ("yuvj444p", "mjpeg", "avi"),
  ])
  func otherYUVIsConvertedOnce(_ format: String, _ codec: String, _ container: String) throws {
    let folder = try TemporaryDirectory()
    let original = folder.file("original.mkv")
    let file = folder.file("clip.\(container)")
    let smooth = [
      "-f", "lavfi", "-i", "gradients=size=128x96:c0=0x804020:c1=0x2060a0:x0=0:y0=0:x1=127:y1=95:nb_colors=2:seed=1", "-frames:v", "2",
    ]
    let base = format.hasPrefix("yuvj") ? "yuvj420p" : "yuv420p"
    try FFmpegTool.make(smooth + ["-pix_fmt", base, "-c:v", "ffv1", original.path])
    let quality = codec == "mjpeg" ? ["-q:v", "1"] : codec.hasPrefix("libx") ? ["-crf", "2"] : []
    try FFmpegTool.make(["-i", original.path, "-pix_fmt", format, "-c:v", codec] + quality + [file.path])
    let video = try ReadVideo(file)
    #expect(!video.info.isNative)
    #expect(video.info.colour.range == (base == "yuvj420p" ? .full : .limited))
    #expect(video.frames.count == 2)
    let expected = try FFmpegTool.output(["-i", original.path, "-frames:v", "1", "-f", "rawvideo", "-pix_fmt", base, "-"])
    // The tolerance covers the error of a lossy encoder, about one level, and the rounding of two conversions.
    #expect(difference(video.frames[0].image.samples, [UInt8](expected)) < 1.5)
  }

  /// RGB is converted by the formulas of ITU-R BT.601-7 and BT.709-6 for 8 bits in limited range.
  @Test(arguments: [
    ("gbrp", "64x48"), ("bgr24", "64x48"), ("rgba", "64x48"), ("gbrp10le", "64x48"), ("rgb48le", "64x48"), ("pal8", "64x48"),
    ("rgb24", "1280x720"),
  ])
  func rgbBecomesLimitedYUV(_ format: String, _ size: String) throws {
    let folder = try TemporaryDirectory()
    let isHigh = size == "1280x720"
    let (red, blue) = isHigh ? (0.2126, 0.0722) : (0.299, 0.114)
    for (r, g, b) in [(220.0, 30.0, 60.0), (20, 180, 90), (255, 255, 255)] {
      let file = folder.file("clip.\(format == "pal8" ? "gif" : "nut")")
      let colour = String(format: "0x%02x%02x%02x", Int(r), Int(g), Int(b))
      let codec =
        format == "pal8"
        ? ["-vf", "split[a][b];[b]palettegen[p];[a][p]paletteuse", "-c:v", "gif"] : ["-pix_fmt", format, "-c:v", "rawvideo"]
      try FFmpegTool.make(["-f", "lavfi", "-i", "color=\(colour):size=\(size):duration=0.04,format=gbrp"] + codec + [file.path])
      let video = try ReadVideo(file)
      #expect(video.info.colour == YUVColour(matrix: isHigh ? .bt709 : .bt601, range: .limited, siting: .left))
      #expect(video.info.tags.matrix != 2)
      let luma = red * r + (1 - red - blue) * g + blue * b
      let expected = [
        16 + 219 * luma / 255, 128 + 224 * (b - luma) / (2 * (1 - blue)) / 255, 128 + 224 * (r - luma) / (2 * (1 - red)) / 255,
      ]
      for (mean, value) in zip(video.frames[0].image.means, expected) { #expect(abs(mean - value) <= 1.2, "\(colour)") }
    }
  }

  @Test func greyKeepsItsRange() throws {
    let folder = try TemporaryDirectory()
    for (tag, value) in [("pc", 200), ("tv", 200), ("pc", 3)] {
      let file = folder.file("clip.mkv")
      try FFmpegTool.make(
        [
          "-f", "lavfi", "-i", "color=black:size=64x48,format=gray,geq=lum=\(value)", "-frames:v", "1", "-color_range", tag, "-c:v", "ffv1",
          file.path,
        ])
      let video = try ReadVideo(file)
      #expect(video.info.colour.range == (tag == "pc" ? .full : .limited))
      #expect(video.frames[0].image.means == [Double(value), 128, 128])
    }
  }

  /// PQ in 10 bits: samples are rounded, tags are kept, and a warning says so.
  @Test func highDynamicRangeIsNotToneMapped() throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("hdr.mp4")
    try FFmpegTool.make([
      "-f", "lavfi", "-i", "color=black:size=64x64,format=yuv420p10le,geq=lum=600:cb=400:cr=700", "-frames:v", "3", "-c:v", "libx265",
      "-x265-params",
      "log-level=none:crf=1", "-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc", "-color_range", "tv",
      file.path,
    ])
    let video = try ReadVideo(file)
    #expect(video.info.colour.matrix == .bt2020)
    #expect(zip(video.frames[0].image.means, [150, 100, 175]).allSatisfy { abs($0 - $1) <= 1 })
    #expect(video.info.tags.transfer == 16)
    #expect(video.info.tags.primaries == 9)
    #expect(video.info.tags.matrix == 9)
    #expect(video.warnings.contains { $0.contains("high dynamic range") })
  }

  @Test(arguments: [("bt709", YUVColour.Matrix.bt709), ("smpte170m", .bt601), ("bt470bg", .bt601), ("bt2020nc", .bt2020)])
  func taggedMatrixIsUsed(_ tag: String, _ matrix: YUVColour.Matrix) throws {
    let folder = try TemporaryDirectory()
    let file = folder.file("clip.mkv")
    try FFmpegTool.make(source(frames: 1) + ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-colorspace", tag, file.path])
    #expect(try ReadVideo(file).info.colour.matrix == matrix)
  }

  @Test func untaggedMatrixFollowsTheNumberOfRows() throws {
    let folder = try TemporaryDirectory()
    for (size, matrix) in [("64x48", YUVColour.Matrix.bt601), ("1280x720", .bt709)] {
      let file = folder.file("clip.mp4")
      try FFmpegTool.make(source(size, frames: 1) + ["-c:v", "libx264", "-pix_fmt", "yuv420p", file.path])
      let info = try ReadVideo(file).info
      #expect(info.colour.matrix == matrix)
      #expect(info.tags.matrix == 2)
    }
  }
}
