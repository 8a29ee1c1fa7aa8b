/// A rendered letter: the coverage of its pixels, 0…256 each. Its origin is the pen's position at the top of the capitals.
struct Glyph: Sendable {
  /// The space between letters in grid units.
  static let gap = 2.6
  /// The width of a space between words in grid units.
  static let wordSpace = 4.6

  /// The distance to the next letter's pen position in pixels.
  let advance: Double
  /// The position of the first pixel of `coverage`, relative to the pen.
  let originX, originY: Int
  let width, height: Int
  /// `width` × `height` values, row by row.
  let coverage: [UInt16]

  /// Renders a letter.
  ///
  /// - Parameters:
  ///   - paths: the strokes of the letter, in the format of `Glyphs`.
  ///   - unit: the number of pixels per grid unit.
  ///   - stroke: the width of the strokes in pixels.
  ///   - fixedPitch: whether to use the common width of all digits instead of the letter's own width.
  init(_ paths: String, unit: Double, stroke: Double, fixedPitch: Bool) {
    let lines = paths.split(separator: " ").map { Self.points($0) }
    let all = lines.flatMap(\.self)
    // All digits have the same width, so that a number that counts up does not jitter.
    let left = fixedPitch ? 0 : all.map(\.x).min() ?? 0
    let right = fixedPitch ? 5 : all.map(\.x).max() ?? 0
    let bottom = all.map(\.y).max() ?? 0
    advance = (right - left + Self.gap) * unit
    let margin = Int((stroke / 2).rounded(.up)) + 1
    originX = -margin
    originY = -margin
    width = Int(((right - left) * unit).rounded(.up)) + 2 * margin + 1
    height = Int((bottom * unit).rounded(.up)) + 2 * margin + 1
    let origin = SIMD2(Double(originX), Double(originY))
    var coverage = [UInt16](repeating: 0, count: width * height)
    // One row, with room for the rest of its last vector.
    var covered = [UInt16](repeating: 0, count: width + 7)
    for line in lines {
      let points = line.map { ($0 - SIMD2(left, 0)) * unit - origin }
      for (start, end) in zip(points, points.dropFirst()) {
        let capsule = Capsule(from: start, to: end, width: stroke)
        let rows = capsule.rows.clamped(to: 0..<height)
        for y in rows {
          let columns = capsule.columns(in: y).clamped(to: 0..<width)
          covered.withUnsafeMutableBufferPointer { row in
            if let row = row.baseAddress { capsule.cover(columns, row: y, into: row) }
          }
          for (x, value) in zip(columns, covered) { coverage[y * width + x] = max(coverage[y * width + x], value) }
        }
      }
    }
    self.coverage = coverage
  }

  private static func points(_ path: Substring) -> [SIMD2<Double>] {
    let smooth = path.hasPrefix("~")
    let digits = path.drop { $0 == "~" }.compactMap(\.hexDigitValue).map(Double.init)
    let points = stride(from: 0, to: digits.count - 1, by: 2).map { SIMD2(digits[$0], digits[$0 + 1]) }
    return smooth ? spline(points) : points
  }

  /// Approximates a quadratic B-spline by straight pieces. The spline runs through the midpoints of its control polygon, which may be closed.
  private static func spline(_ points: [SIMD2<Double>]) -> [SIMD2<Double>] {
    guard points.count > 2 else { return points }
    let closed = points.first == points.last
    let corners = closed ? Array(points.dropLast()) : Array(points.dropFirst().dropLast())
    func middle(_ a: SIMD2<Double>, _ b: SIMD2<Double>) -> SIMD2<Double> { (a + b) / 2 }
    var result: [SIMD2<Double>] = []
    for (index, corner) in corners.enumerated() {
      let before = index > 0 ? middle(corners[index - 1], corner) : closed ? middle(corners[corners.count - 1], corner) : points[0]
      let after =
        index + 1 < corners.count
        ? middle(corner, corners[index + 1]) : closed ? middle(corner, corners[0]) : points[points.count - 1]
      let pieces = 8
      for piece in 0...pieces {
        let t = Double(piece) / Double(pieces)
        result.append(before * ((1 - t) * (1 - t)) + corner * (2 * t * (1 - t)) + after * (t * t))
      }
    }
    return result
  }
}
