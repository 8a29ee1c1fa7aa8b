import ActionUnits
import FaceTracking
import Foundation
import Imaging
import Measures
import Report
import TestSupport
import Testing
import VideoIO

@Suite struct PictureTests {
  private func gradient(_ width: Int, _ height: Int, slope: Double = 1) -> YUVImage {
    let canvas = YUVCanvas(width: width, height: height, colour: YUVColour())
    for y in 0..<height { for x in 0..<width { canvas.y[x, y] = UInt8(min(255, Double(x) * slope)) } }
    for plane in [canvas.u, canvas.v] {
      for y in 0..<plane.height { for x in 0..<plane.width { plane[x, y] = UInt8(min(255, Double(y) * slope)) } }
    }
    return canvas.finish()
  }

  @Test func halvingAGradientGivesTheMeansOfItsPixels() {
    let small = gradient(200, 100).scaled(PixelArea(x: -0.5, y: -0.5, width: 200, height: 100), width: 100, height: 50)
    #expect(small.width == 100)
    #expect(small.height == 50)
    // Pixels 2x and 2x + 1 have the mean 2x + 0.5, rounded up.
    for x in 0..<100 { #expect(small.y[x, 20] == UInt8(2 * x + 1)) }
    #expect(small.u[10, 7] >= 14)
    #expect(small.u[10, 7] <= 15)
  }

  @Test func croppingWithoutScalingKeepsThePixels() {
    let part = gradient(200, 100).scaled(PixelArea(x: 49.5, y: 9.5, width: 60, height: 40), width: 60, height: 40)
    for x in 0..<60 { #expect(part.y[x, 0] == UInt8(50 + x)) }
    for y in 0..<20 { #expect(part.u[3, y] == UInt8(5 + y)) }
  }

  private func frame(_ value: Float, time: Double, exclusion: FrameExclusion? = nil) -> SidedFrame {
    SidedFrame(timestamp: time, right: [.au12: value, .au01: 0], left: [.au12: value / 2, .au01: 0], exclusion: exclusion)
  }

  @Test func theHighestIncludedFrameIsKept() throws {
    var stills = PeakStills(measures: MeasureSeries.units, height: 50)
    for (index, value) in [Float(0.5), 2, 5, 3, 3].enumerated() {
      let image = gradient(160, 100, slope: Double(index) / 8)
      stills.add(
        frame(value, time: Double(index), exclusion: index == 2 ? .headTurned : nil), observation: .absent, right: image, source: image,
        left: image)
    }
    let kept = stills.stills { image in [image.y[40, 20]] }
    #expect(kept.count == 1)
    let still = try #require(kept.first)
    #expect(still.frameNumber == 4)
    #expect(still.timestamp == 3)
    #expect(
      still.peaks == [PeakStill.Peak(measure: MeasureSeries.units[ActionUnit.allCases.firstIndex(of: .au12) ?? 0], side: .right, value: 3)])
    #expect(still.source.width == 80)
    #expect(still.source.height == 50)
    // Column 40 of the image at half its size: 80.5 · 3/8.
    #expect(abs(Int(still.left.bytes[0]) - 30) <= 1)
  }

  @Test func theChartHasTheSidesColoursWhereTheCurvesAre() throws {
    let image = CurvesChart.image(SyntheticClip.input())
    func blue(_ x: Int, _ y: Int) -> Bool { image.u[x / 2, y / 2] > 140 && image.v[x / 2, y / 2] < 110 }
    func red(_ x: Int, _ y: Int) -> Bool { image.v[x / 2, y / 2] > 150 }
    // The first panel shows AU06; its first peak, 2.5 of 5 on the right, is 1 s into 12 s.
    let x = 640 + (2350 - 640) / 12
    let rows = (172..<358).filter { blue(x, $0) }
    #expect(rows.contains { abs($0 - (170 + 95)) < 8 })
    #expect(!(172..<230).contains { blue(x, $0) || red(x, $0) })
    #expect((640..<2350).contains { column in (172..<358).contains { red(column, $0) } })
    // Between two smiles both sides are at rest.
    #expect(!(172..<340).contains { blue(640 + (2350 - 640) / 4, $0) })
  }

  @Test(.enabled(if: FFmpegTool.isAvailable), arguments: [YUVColour.Range.limited, .full]) func ffmpegReadsEncodedImagesInTheirColours(
    _ range: YUVColour.Range
  ) throws {
    let canvas = YUVCanvas(width: 61, height: 43, colour: YUVColour(matrix: .bt709, range: range))
    canvas.fillRectangle(x: -1, y: -1, width: 99, height: 99, colour: RGBColour(200, 60, 30))
    let image = canvas.finish()
    let folder = try TemporaryDirectory()
    for (name, bytes) in [("a.png", try StillImageEncoder.png(image)), ("a.jpg", try StillImageEncoder.jpeg(image))] {
      let file = folder.file(name)
      try Data(bytes).write(to: file)
      #expect(try FFmpegTool.entries("stream=width,height", of: file) == ["61,43"])
      let pixels = try FFmpegTool.output(["-i", file.path, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"])
      #expect(pixels.count == 61 * 43 * 3)
      let middle = (20 * 61 + 30) * 3
      for (channel, expected) in [200, 60, 30].enumerated() {
        #expect(abs(Int(pixels[pixels.startIndex + middle + channel]) - expected) <= 4, "\(name) \(channel)")
      }
    }
  }
}
