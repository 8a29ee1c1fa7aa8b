import Imaging
import TestSupport

/// Synthetic images.
enum TestImage {
  /// Owns exactly the bytes of an image, so that a sanitizer or Valgrind reports any access beyond them.
  private final class Owner {
    let bytes: UnsafeMutableBufferPointer<UInt8>
    init(_ bytes: UnsafeMutableBufferPointer<UInt8>) { self.bytes = bytes }
    deinit { bytes.deallocate() }
  }

  /// Noise, the hardest content for an interpolation. A gap of random length follows each row except the last.
  static func noise(
    width: Int, height: Int, colour: YUVColour = YUVColour(), using generator: inout SeededGenerator
  ) -> YUVImage {
    let chroma = (width: (width + 1) / 2, height: (height + 1) / 2)
    let strides = (
      width + Int.random(in: 0...9, using: &generator), chroma.width + Int.random(in: 0...9, using: &generator),
      chroma.width + Int.random(in: 0...9, using: &generator)
    )
    func size(_ stride: Int, _ width: Int, _ height: Int) -> Int { stride * (height - 1) + width }
    let sizes = (
      size(strides.0, width, height), size(strides.1, chroma.width, chroma.height), size(strides.2, chroma.width, chroma.height)
    )
    let bytes = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: sizes.0 + sizes.1 + sizes.2)
    for index in bytes.indices { bytes.initializeElement(at: index, to: UInt8.random(in: 0...255, using: &generator)) }
    let base = UnsafePointer(bytes.baseAddress!)  // An image has at least one byte.
    return YUVImage(
      colour: colour, y: Plane(base: base, stride: strides.0, width: width, height: height),
      u: Plane(base: base + sizes.0, stride: strides.1, width: chroma.width, height: chroma.height),
      v: Plane(base: base + sizes.0 + sizes.1, stride: strides.2, width: chroma.width, height: chroma.height),
      owner: Owner(bytes))
  }

  /// An image of one colour, given as YUV bytes.
  static func plain(width: Int, height: Int, y: UInt8, u: UInt8, v: UInt8, colour: YUVColour = YUVColour()) -> YUVImage {
    let canvas = YUVCanvas(width: width, height: height, colour: colour)
    for (plane, value) in [(canvas.y, y), (canvas.u, u), (canvas.v, v)] {
      for row in 0..<plane.height { for column in 0..<plane.width { plane[column, row] = value } }
    }
    return canvas.finish()
  }

  /// A random size of at least one pixel, odd or even.
  static func size(using generator: inout SeededGenerator) -> (width: Int, height: Int) {
    let limit = [3, 9, 40, 130].randomElement(using: &generator) ?? 3
    return (Int.random(in: 1...limit, using: &generator), Int.random(in: 1...limit, using: &generator))
  }

  static func colour(using generator: inout SeededGenerator) -> YUVColour {
    YUVColour(
      matrix: [.bt601, .bt709, .bt2020].randomElement(using: &generator) ?? .bt709,
      range: Bool.random(using: &generator) ? .full : .limited,
      siting: YUVColour.ChromaSiting.allCases.randomElement(using: &generator) ?? .left)
  }
}

extension YUVImage {
  var planes: [Plane] { [y, u, v] }

  /// All samples of all planes, without the gaps between rows.
  var samples: [UInt8] {
    planes.flatMap { plane in (0..<plane.height).flatMap { row in (0..<plane.width).map { plane[$0, row] } } }
  }
}

extension Plane {
  /// Bilinear interpolation by its textbook definition: four neighbours, the border repeated, in double precision.
  func interpolated(_ x: Double, _ y: Double) -> Double {
    func sample(_ column: Double, _ row: Double) -> Double {
      Double(self[Int(max(0, min(Double(width - 1), column))), Int(max(0, min(Double(height - 1), row)))])
    }
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    let (fx, fy) = (x - left, y - top)
    return (sample(left, top) * (1 - fx) + sample(left + 1, top) * fx) * (1 - fy)
      + (sample(left, top + 1) * (1 - fx) + sample(left + 1, top + 1) * fx) * fy
  }
}
