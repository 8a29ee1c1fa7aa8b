import FaceNetworks
import FaceTracking
import Imaging
import Mirroring
import Testing

struct DebugOverlayTests {
  private func grey(_ width: Int, _ height: Int) -> YUVImage {
    let canvas = YUVCanvas(width: width, height: height, colour: YUVColour())
    canvas.fillRectangle(x: -0.5, y: -0.5, width: Double(width), height: Double(height), colour: RGBColour(128, 128, 128))
    return canvas.finish()
  }

  private func observation(_ width: Int, _ height: Int, state: FaceObservation.State = .found) -> FaceObservation {
    let (w, h) = (Double(width), Double(height))
    let landmarks = (0..<FaceMesh.pointCount).map { index in
      let column = Double(index % 22) / 21
      let row = Double(index / 22) / 21
      return SIMD3<Double>(w * (0.4 + 0.2 * column), h * (0.3 + 0.4 * row), 0)
    }
    let region = FaceRegion(centre: SIMD2(w / 2, h / 2), width: w / 3, height: h / 3, rotation: 0)
    let mesh = FaceMesh(landmarks: landmarks, presence: 1, region: region)
    return FaceObservation(
      state: state, mesh: state == .found ? mesh : nil, midline: Midline(glabella: SIMD2(w / 2, h * 0.4), chin: SIMD2(w / 2, h * 0.7)),
      pose: state == .found ? HeadPose(yaw: -3.25, pitch: 0, roll: 0) : nil, quality: 0.9, grade: .good, confidence: 1)
  }

  private func luma(_ image: YUVImage) -> [UInt8] {
    (0..<image.height).flatMap { row in (0..<image.width).map { image.y[$0, row] } }
  }

  /// The share of pixels in a part of the frame that the overlay has changed.
  private func changed(_ image: YUVImage, _ original: YUVImage, columns: Range<Double>, rows: Range<Double>) -> Double {
    func pixels(_ range: Range<Double>, _ size: Int) -> Range<Int> {
      Int(range.lowerBound * Double(size))..<Int(range.upperBound * Double(size))
    }
    let (xs, ys) = (pixels(columns, image.width), pixels(rows, image.height))
    var count = 0
    for row in ys { for column in xs where image.y[column, row] != original.y[column, row] { count += 1 } }
    return Double(count) / Double(max(1, xs.count * ys.count))
  }

  @Test(arguments: [(640, 360), (1920, 1080), (3840, 2160), (1080, 1920), (360, 640)])
  func everyElementIsDrawnAtEverySize(width: Int, height: Int) {
    let image = grey(width, height)
    let before = luma(image)
    let overlay = DebugOverlay(width: width, height: height)
    let drawn = overlay.draw(on: image, observation: observation(width, height), frameNumber: 12, timestamp: 0.4)
    #expect(luma(image) == before, "the frame itself is not changed")
    #expect(changed(drawn, image, columns: 0..<1, rows: 0..<0.01) > 0.99, "banner")
    #expect(changed(drawn, image, columns: 0..<1, rows: 0.99..<1) > 0.99, "frame number and time")
    #expect(changed(drawn, image, columns: 0..<0.15, rows: 0.4..<0.7) > 0.03, "the person's right")
    #expect(changed(drawn, image, columns: 0.85..<1, rows: 0.4..<0.7) > 0.03, "the person's left")
    #expect(changed(drawn, image, columns: 0.4..<0.6, rows: 0.3..<0.7) > 0.03, "landmarks")
    #expect(changed(drawn, image, columns: 0.498..<0.502, rows: 0.1..<0.9) > 0.5, "midline")
    #expect(changed(drawn, image, columns: 0.2..<0.35, rows: 0.2..<0.8) == 0, "the rest of the frame")
  }

  @Test func statesAreDrawnDifferently() {
    let image = grey(640, 360)
    let overlay = DebugOverlay(width: 640, height: 360)
    let states = [FaceObservation.State.found, .held].map { observation(640, 360, state: $0) } + [FaceObservation.absent]
    let overlays = states.map { luma(overlay.draw(on: image, observation: $0, frameNumber: 1, timestamp: 0)) }
    #expect(Set(overlays).count == 3)
    let absent = overlay.draw(on: image, observation: .absent, frameNumber: 1, timestamp: 0)
    #expect(changed(absent, image, columns: 0..<1, rows: 0.1..<0.9) == 0, "nothing is drawn on the face area without a face")
    let held = overlay.draw(on: image, observation: states[1], frameNumber: 1, timestamp: 0)
    #expect((0.2...0.8).contains(changed(held, image, columns: 0.499..<0.501, rows: 0.15..<0.35)), "a held midline is dashed")
  }

  @Test func frameNumbersAreDrawnDifferently() {
    let image = grey(640, 360)
    let overlay = DebugOverlay(width: 640, height: 360)
    let frames = (1...30).map { luma(overlay.draw(on: image, observation: .absent, frameNumber: $0, timestamp: 0)) }
    #expect(Set(frames).count == 30)
  }

  /// The letter R, which is blue, is at the image's left for an upright head, and at its right for one that is upside down. L is orange.
  @Test func lettersAreOnThePersonsOwnSides() {
    let image = grey(640, 360)
    let overlay = DebugOverlay(width: 640, height: 360)
    var upright = observation(640, 360, state: .held)
    upright.midline = Midline(glabella: SIMD2(319.5, 140), chin: SIMD2(319.5, 220))
    var inverted = upright
    inverted.midline = Midline(glabella: SIMD2(319.5, 220), chin: SIMD2(319.5, 140))
    func blueDifference(_ observation: FaceObservation, _ columns: Range<Int>) -> [Int] {
      let drawn = overlay.draw(on: image, observation: observation, frameNumber: 1, timestamp: 0)
      return (50..<130).flatMap { row in columns.map { Int(drawn.u[$0, row]) - 128 } }
    }
    let (left, right) = (0..<40, 280..<320)
    #expect(blueDifference(upright, left).contains { $0 > 20 })
    #expect(!blueDifference(upright, left).contains { $0 < -20 })
    #expect(blueDifference(upright, right).contains { $0 < -20 })
    #expect(!blueDifference(upright, right).contains { $0 > 20 })
    #expect(blueDifference(inverted, left).contains { $0 < -20 })
    #expect(blueDifference(inverted, right).contains { $0 > 20 })
  }

  @Test(arguments: [(1, 1), (16, 9), (33, 200)]) func framesTooSmallForTheOverlayKeepTheirSize(width: Int, height: Int) {
    let image = grey(width, height)
    let drawn = DebugOverlay(width: width, height: height)
      .draw(on: image, observation: observation(width, height), frameNumber: 999_999, timestamp: .nan)
    #expect((drawn.width, drawn.height) == (width, height))
  }
}
