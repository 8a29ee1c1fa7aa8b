/// One letter's coverage, 0…256 a pixel, placed relative to the pen's position at the top of the capitals.
struct Glyph: Sendable {
  /// Grid units between letters and words.
  static let gap = 2.6
  static let wordSpace = 4.6

  let advance: Double
  let originX, originY: Int
  let width, height: Int
  let coverage: [UInt16]

  init(_ paths: String, unit: Double, stroke: Double, fixedPitch: Bool) {
    let lines = paths.split(separator: " ").map { Self.points($0) }
    let all = lines.flatMap(\.self)
    // Digits share a pitch, so that counting numbers don't dance.
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
    // A row, with room for the last vector's rest.
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

  /// A quadratic B-spline as straight pieces: through the midpoints of its control polygon, from end to end or around.
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

/// A glyph at a place: `x`, `y` is the pen, at the top of the capitals.
struct PlacedGlyph: Shape {
  private let glyph: Glyph
  private let left, top: Int

  init(glyph: Glyph, x: Int, y: Int) {
    self.glyph = glyph
    left = x + glyph.originX
    top = y + glyph.originY
  }

  var rows: Range<Int> { top..<top + glyph.height }

  func columns(in row: Int) -> Range<Int> { left..<left + glyph.width }

  func cover(_ columns: Range<Int>, row: Int, into coverage: UnsafeMutablePointer<UInt16>) {
    glyph.coverage.withUnsafeBufferPointer { source in
      guard let line = source.baseAddress else { return }
      coverage.update(from: line + (row - top) * glyph.width + columns.lowerBound - left, count: columns.count)
    }
  }
}
