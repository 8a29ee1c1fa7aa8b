import Foundation
import Imaging

/// Creates an image of 1920×1080 pixels of noise. It is the same each time.
func noiseImage() -> YUVImage {
  let canvas = YUVCanvas(width: 1920, height: 1080, colour: YUVColour())
  // The linear congruential generator of Knuth's MMIX.
  var state: UInt64 = 1
  for plane in [canvas.y, canvas.u, canvas.v] {
    for index in 0..<plane.stride * plane.height {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      plane.base[index] = UInt8(16 + (state >> 40) % 220)
    }
  }
  return canvas.finish()
}

/// Returns a line through the centre of the image, tilted by `degrees` from the vertical.
func axis(tilted degrees: Double) -> ReflectionAxis {
  let angle = degrees * .pi / 180
  return ReflectionAxis(point: SIMD2(960, 540), direction: SIMD2(sin(angle), cos(angle)))
}
