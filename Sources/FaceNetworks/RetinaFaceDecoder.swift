import Foundation
package import Inference

/// Decodes RetinaFace's outputs into boxes.
///
/// Priors lie on three grids with cells of 8, 16 and 32 pixels. At the centre of each cell are two square priors: of 16 and 32 pixels in
/// the first grid, 64 and 128 in the second, 256 and 512 in the third. A box is computed from its prior: the centre is shifted by location
/// · 0.1 · size, and the size is multiplied by exp(location · 0.2).
package struct RetinaFaceDecoder: Sendable {
  private struct Level {
    let step: Int
    let sizes: [Double]
  }

  private static let levels = [
    Level(step: 8, sizes: [16, 32]), Level(step: 16, sizes: [64, 128]), Level(step: 32, sizes: [256, 512]),
  ]
  private static let centreVariance = 0.1
  private static let sizeVariance = 0.2

  private let width: Int
  private let height: Int
  private let levels: ArraySlice<Level>

  /// Creates a decoder for inputs of one size.
  ///
  /// - Parameters:
  ///   - width: the number of columns of the network's input.
  ///   - height: the number of rows of the network's input.
  ///   - hasFinestGrid: whether the outputs include the grid of 8 pixels.
  package init(width: Int, height: Int, hasFinestGrid: Bool = true) {
    self.width = width
    self.height = height
    levels = hasFinestGrid ? Self.levels[...] : Self.levels.dropFirst()
  }

  /// The number of priors in the network's outputs.
  package var priorCount: Int { levels.reduce(0) { $0 + columns($1) * rows($1) * $1.sizes.count } }

  private func columns(_ level: Level) -> Int { (width + level.step - 1) / level.step }
  private func rows(_ level: Level) -> Int { (height + level.step - 1) / level.step }

  /// Decodes the outputs for one image.
  /// - Parameters:
  ///   - locations: 1×A×4 values for A priors.
  ///   - scores: 1×A×2 values: background, face.
  ///   - threshold: only faces with a higher score are decoded.
  /// - Returns: boxes in pixels of the network's input, where 0 is the first pixel's outer edge.
  /// - Throws: `FaceNetworkError`.
  package func decode(
    locations: Tensor, scores: Tensor, above threshold: Double, network: String
  ) throws -> [RetinaFaceDetector.Detection] {
    let count = priorCount
    guard locations.count == count * 4, scores.count == count * 2 else {
      throw FaceNetworkError(
        .unexpectedOutput,
        "\(network): a \(width)×\(height) image needs \(count * 4) locations and \(count * 2) scores, "
          + "but the outputs have \(locations.count) and \(scores.count) values")
    }
    return locations.withUnsafeBufferPointer { locations in
      scores.withUnsafeBufferPointer { scores in decode(locations, scores, above: Float(threshold)) }
    }
  }

  private func decode(
    _ locations: UnsafeBufferPointer<Float>, _ scores: UnsafeBufferPointer<Float>, above threshold: Float
  ) -> [RetinaFaceDetector.Detection] {
    var found: [RetinaFaceDetector.Detection] = []
    var prior = 0
    for level in levels {
      for row in 0..<rows(level) {
        for column in 0..<columns(level) {
          for size in level.sizes {
            if scores[prior * 2 + 1] > threshold {
              let centre = SIMD2(Double(column) + 0.5, Double(row) + 0.5) * Double(level.step)
              let box = Self.box(centre: centre, size: size, location: (0..<4).map { Double(locations[prior * 4 + $0]) })
              let score = Double(scores[prior * 2 + 1])
              if score.isFinite, Self.isPlausible(box) { found.append(RetinaFaceDetector.Detection(box: box, score: score)) }
            }
            prior += 1
          }
        }
      }
    }
    return found
  }

  private static func box(centre: SIMD2<Double>, size: Double, location: [Double]) -> FaceBox {
    let middle = centre + SIMD2(location[0], location[1]) * centreVariance * size
    let half = SIMD2(exp(location[2] * sizeVariance), exp(location[3] * sizeVariance)) * size / 2
    return FaceBox(minX: middle.x - half.x, minY: middle.y - half.y, maxX: middle.x + half.x, maxY: middle.y + half.y)
  }

  /// The largest plausible coordinate, in pixels. Larger ones occur if a user's own model is not a trained RetinaFace: sizes are
  /// exponentials of the model's output and overflow easily.
  private static let largestCoordinate = 1e6

  private static func isPlausible(_ box: FaceBox) -> Bool {
    [box.minX, box.minY, box.maxX, box.maxY].allSatisfy { $0.magnitude < largestCoordinate }
  }

  /// Applies non-maximum suppression: of boxes that overlap by more than `overlap` (intersection over union), keeps the one with the
  /// highest score.
  /// - Returns: the kept boxes, highest score first; boxes of equal scores in the given order.
  package static func suppress(
    _ detections: [RetinaFaceDetector.Detection], overlap: Double = 0.4
  ) -> [RetinaFaceDetector.Detection] {
    let ordered = detections.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element)
    return ordered.reduce(into: []) { kept, detection in
      if kept.allSatisfy({ $0.box.intersectionOverUnion(detection.box) <= overlap }) { kept.append(detection) }
    }
  }
}
