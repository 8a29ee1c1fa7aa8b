import Foundation
import Imaging
import VideoIO

/// Generates a short clip of a drawn face that moves and smiles a little, for benchmarks without a video.
enum DrawnClip {
  private static let width = 1280
  private static let height = 720
  private static let frames = 90

  /// Writes the clip as an MP4 file: 90 frames of 1280×720 pixels, 30 frames per second.
  static func write(to url: URL) throws {
    let info = VideoInfo(width: width, height: height, frameRate: Rational(30, 1))
    let writer = try VideoWriter(path: url.path, like: info, options: VideoWriterOptions(audio: .none))
    do {
      for index in 0..<frames { try writer.write(frame(index), pts: Int64(index), duration: 1) }
      _ = try writer.finish()
    } catch {
      writer.cancel()
      throw error
    }
  }

  private static func frame(_ index: Int) -> YUVImage {
    let canvas = YUVCanvas(width: width, height: height, colour: YUVColour())
    let phase = 2 * Double.pi * Double(index) / Double(frames)
    let centre = SIMD2(640 + 25 * sin(phase), 360 + 10 * sin(2 * phase))
    canvas.fillRectangle(x: -0.5, y: -0.5, width: Double(width), height: Double(height), colour: RGBColour(150, 165, 180))
    func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ width: Double, _ colour: RGBColour, _ alpha: Double = 1) {
      canvas.line(from: centre + SIMD2(x1, y1), to: centre + SIMD2(x2, y2), width: width, colour: colour, alpha: alpha)
    }
    let (skin, shade, hair) = (RGBColour(222, 178, 150), RGBColour(178, 126, 102), RGBColour(62, 42, 30))
    line(-260, 400, 260, 400, 200, RGBColour(60, 80, 120))
    line(0, 120, 0, 330, 150, shade)
    line(0, -95, 0, -40, 390, hair)
    line(0, -45, 0, 10, 330, skin)
    line(0, 20, 0, 95, 270, skin)
    line(0, 110, 0, 130, 190, skin)
    for side in [-1.0, 1.0] {
      line(side * 162, -15, side * 160, 30, 42, skin)
      line(side * 42, -62, side * 104, -64, 13, hair)
      line(side * 50, -22, side * 92, -22, 40, shade, 0.35)
      line(side * 52, -20, side * 90, -20, 24, RGBColour(245, 243, 240))
      line(side * 71, -20, side * 71, -20, 24, RGBColour(70, 50, 35))
      line(side * 71, -20, side * 71, -20, 11, RGBColour(10, 10, 10))
      line(side * 48, -32, side * 94, -32, 5, hair)
      line(side * 88, 60, side * 96, 70, 70, RGBColour(225, 150, 130), 0.25)
      line(side * 14, 52, side * 20, 56, 9, shade)
      line(side * 14, -20, side * 18, 40, 8, shade, 0.35)
    }
    line(0, -15, 0, 42, 20, RGBColour(236, 196, 170), 0.8)
    line(-8, 60, 8, 60, 8, shade, 0.8)
    let smile = 8 * (1 - cos(phase))
    line(-44, 100 - smile, 0, 106, 14, RGBColour(168, 78, 78))
    line(44, 100 - smile, 0, 106, 14, RGBColour(168, 78, 78))
    line(-28, 114, 28, 114, 10, RGBColour(190, 98, 94))
    line(-40, 104 - smile / 2, 40, 104 - smile / 2, 3, RGBColour(90, 30, 34))
    return canvas.finish()
  }
}
