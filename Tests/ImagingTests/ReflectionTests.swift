import Foundation
import Imaging
import TestSupport
import Testing

struct ReflectionTests {
  private func axis(_ width: Int, _ height: Int, _ generator: inout SeededGenerator) -> ReflectionAxis {
    let spread = Bool.random(using: &generator) ? 0.3 : 3.0
    let angle =
      Bool.random(using: &generator) ? Double.random(in: -0.3...0.3, using: &generator) : Double.random(in: -4...4, using: &generator)
    return ReflectionAxis(
      point: SIMD2(
        Double(width) * (0.5 + Double.random(in: -spread...spread, using: &generator)),
        Double(height) * (0.5 + Double.random(in: -spread...spread, using: &generator))),
      direction: SIMD2(sin(angle), cos(angle)))
  }

  /// Kept samples are the source's own; the others have the bilinear value at their mirror position. With random lines, sizes, strides and
  /// sitings. The tolerance of 1.2 levels allows for rounding and the kernel's stated precision.
  @Test func reflectionsHaveTheValuesOfTheirDefinition() {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<400 {
      let (width, height) = TestImage.size(using: &generator)
      let image = TestImage.noise(width: width, height: height, colour: TestImage.colour(using: &generator), using: &generator)
      let axis = axis(width, height, &generator)
      for side in [KeptSide.positive, .negative] {
        let result = reflect(image, across: axis, keeping: side)
        #expect(result.colour == image.colour)
        for (index, (source, target)) in zip(image.planes, result.planes).enumerated() {
          let offset = index == 0 ? .zero : image.colour.siting.offset
          let scale = index == 0 ? 1.0 : 2.0
          var worst = 0.0
          var changed = 0
          for row in 0..<source.height {
            for column in 0..<source.width {
              let luma = SIMD2(Double(column), Double(row)) * scale + offset
              let distance = axis.signedDistance(luma) * (side == .positive ? 1 : -1)
              if abs(distance) < 1e-9 { continue }  // Rounding decides which side a sample on the line belongs to.
              if distance > 0 {
                if target[column, row] != source[column, row] { changed += 1 }
              } else {
                let mirror = (axis.reflect(luma) - offset) / scale
                worst = max(worst, abs(Double(target[column, row]) - source.interpolated(mirror.x, mirror.y)))
              }
            }
          }
          #expect(changed == 0)
          #expect(worst <= 1.2, "\(width)×\(height), plane \(index), \(axis)")
        }
      }
    }
  }

  /// The line is vertical and runs through the centres of pixels or between pixels, so mirror positions are whole.
  @Test(arguments: [20.0, 20.5]) func wholeMirrorPositionsAreCopiedExactly(x: Double) {
    var generator = SeededGenerator(seed: 2)
    let image = TestImage.noise(width: 60, height: 21, using: &generator)
    let result = reflect(image, across: ReflectionAxis(point: SIMD2(x, 3), direction: SIMD2(0, 1)), keeping: .positive)
    for row in 0..<21 {
      for column in 0...Int(2 * x) { #expect(result.y[column, row] == image.y[min(column, Int(2 * x) - column), row]) }
    }
  }

  /// In an image with a constant slope, no step across the line is larger than that slope explains.
  @Test func halvesMeetWithoutASeam() {
    let canvas = YUVCanvas(width: 200, height: 100, colour: YUVColour())
    for plane in [canvas.y, canvas.u, canvas.v] {
      for row in 0..<plane.height { for column in 0..<plane.width { plane[column, row] = UInt8(column + row / 2) } }
    }
    let image = canvas.finish()
    let axis = ReflectionAxis(point: SIMD2(97.3, 50), direction: SIMD2(0.1, 1))
    let result = reflect(image, across: axis, keeping: .negative)
    for plane in result.planes {
      for row in 0..<plane.height {
        for column in 1..<plane.width { #expect(abs(Int(plane[column, row]) - Int(plane[column - 1, row])) <= 2) }
      }
    }
  }

  @Test func positiveSideIsTheImagesLeftOfALineThatPointsDown() {
    let axis = ReflectionAxis(point: SIMD2(10, 10), direction: SIMD2(0, 5))
    #expect(axis.direction == SIMD2(0, 1))
    #expect(axis.signedDistance(SIMD2(7, 99)) == 3)
    #expect(axis.reflect(SIMD2(7, 99)) == SIMD2(13, 99))
  }

  /// They must neither trap nor read outside the image.
  @Test(arguments: [1e5, 1e12, -1e300]) func linesFarOutsideTheImageAreHandled(x: Double) {
    var generator = SeededGenerator(seed: 3)
    let image = TestImage.noise(width: 33, height: 17, using: &generator)
    for side in [KeptSide.positive, .negative] {
      for direction in [SIMD2(0.0, 1), SIMD2(1, 0), SIMD2(1, 1)] {
        let result = reflect(image, across: ReflectionAxis(point: SIMD2(x, 2 * x), direction: direction), keeping: side)
        #expect(result.width == 33)
      }
    }
  }
}
