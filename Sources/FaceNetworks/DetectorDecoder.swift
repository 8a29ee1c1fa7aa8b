import Foundation

/// Decodes the detector's outputs: anchors, score threshold, weighted non-maximum suppression.
///
/// Source: MediaPipe v0.10.21, `ssd_anchors_calculator.cc`, `tensors_to_detections_calculator.cc`,
/// `non_max_suppression_calculator.cc` with the face detector graph's options.
package enum DetectorDecoder {
  package static let anchorCount = 896
  static let minimumScore = 0.5
  static let suppressionOverlap = 0.5
  private static let networkSide = 128.0
  private static let valuesPerAnchor = 16
  private static let keypointCount = 6

  /// The centres of the anchors, 0…1: a 16×16 grid with two anchors per cell, then an 8×8 grid with six, both row by row.
  package static let anchors: [SIMD2<Double>] = [(grid: 16, each: 2), (grid: 8, each: 6)].flatMap { layer in
    (0..<layer.grid * layer.grid * layer.each).map { index in
      let cell = index / layer.each
      return (SIMD2(Double(cell % layer.grid), Double(cell / layer.grid)) + 0.5) / Double(layer.grid)
    }
  }

  /// Decodes the faces of one image.
  /// - Parameters:
  ///   - regressors: 896×16 values: the centre and size of the box, then six keypoints, relative to the anchor, in samples of the network's
  ///     input.
  ///   - scores: 896 logits.
  ///   - window: the upright square of the image that was the network's input.
  /// - Returns: the faces with a score of at least 0.5, in image coordinates, best score first. The box of each face is the mean, weighted
  ///   by score, of the best box and of all boxes whose intersection over union with it is above 0.5.
  package static func decode(
    regressors: UnsafeBufferPointer<Float>, scores: UnsafeBufferPointer<Float>, window: FaceRegion
  ) -> [DetectedFace] {
    var candidates: [DetectedFace] = []
    for (index, anchor) in anchors.enumerated() {
      // A NaN logit fails this comparison too.
      let score = 1 / (1 + exp(-min(max(Double(scores[index]), -100), 100)))
      guard score >= minimumScore else { continue }
      func pair(_ k: Int) -> SIMD2<Double> {
        let offset = index * valuesPerAnchor + 2 * k
        return SIMD2(Double(regressors[offset]), Double(regressors[offset + 1])) / networkSide
      }
      let (centre, size) = (pair(0) + anchor, pair(1))
      guard size.x >= 0, size.y >= 0 else { continue }
      let corner = window.position(centre - size / 2)
      candidates.append(
        DetectedFace(
          x: corner.x, y: corner.y, width: size.x * window.width, height: size.y * window.height,
          keypoints: (0..<keypointCount).map { window.position(pair(2 + $0) + anchor) }, score: score))
    }
    return suppressed(candidates)
  }

  /// Applies weighted non-maximum suppression: the boxes that overlap the best one are averaged with it, weighted by score, and the average
  /// gets the best score.
  package static func suppressed(_ candidates: [DetectedFace]) -> [DetectedFace] {
    // Equal scores keep the order of the anchors, so that the result is deterministic.
    var rest = candidates.enumerated().sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element)
    var faces: [DetectedFace] = []
    while let best = rest.first {
      let group = rest.filter { overlap($0, best) > suppressionOverlap }
      // A box without area does not overlap even itself.
      guard !group.isEmpty else {
        faces.append(best)
        rest.removeFirst()
        continue
      }
      rest.removeAll { overlap($0, best) > suppressionOverlap }
      faces.append(weightedMean(group, score: best.score))
    }
    return faces
  }

  private static func weightedMean(_ group: [DetectedFace], score: Double) -> DetectedFace {
    let total = group.reduce(0) { $0 + $1.score }
    func mean(_ value: (DetectedFace) -> Double) -> Double { group.reduce(0) { $0 + $1.score * value($1) } / total }
    return DetectedFace(
      x: mean(\.x), y: mean(\.y), width: mean(\.width), height: mean(\.height),
      keypoints: (0..<keypointCount).map { k in SIMD2(mean { $0.keypoints[k].x }, mean { $0.keypoints[k].y }) }, score: score)
  }

  private static func overlap(_ a: DetectedFace, _ b: DetectedFace) -> Double {
    FaceRegion(centre: a.centre, width: a.width, height: a.height, rotation: 0)
      .overlap(with: FaceRegion(centre: b.centre, width: b.width, height: b.height, rotation: 0))
  }
}
