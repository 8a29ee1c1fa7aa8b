/// The project's own letters, rendered once at one size: printable ASCII and a few signs (° · — – … ± ×).
///
/// Strokes of one width with round ends, so that it stays legible from nine pixels of capital height up.
public struct Typeface: Sendable {
  /// Pixels from the baseline to the top of a capital.
  public let capHeight: Double
  /// Pixels from one baseline to the next.
  public var lineHeight: Double { capHeight * 1.8 }

  private let unit: Double
  private let glyphs: [Character: Glyph]
  private let missing: Glyph

  /// - Parameters:
  ///   - capHeight: pixels.
  ///   - weight: stroke width as a part of the capital height.
  public init(capHeight: Double, weight: Double = 0.15) {
    self.capHeight = capHeight
    unit = capHeight / 8
    let stroke = max(1, capHeight * weight)
    var glyphs: [Character: Glyph] = [:]
    let beyondASCII: [Character] = ["°", "·", "—", "–", "−", "…", "±", "×"]
    for character in (33..<127).map({ Character(UnicodeScalar($0)) }) + beyondASCII {
      guard let paths = Glyphs.paths(of: character) else { continue }
      glyphs[character] = Glyph(paths, unit: unit, stroke: stroke, fixedPitch: character.isNumber)
    }
    self.glyphs = glyphs
    missing = Glyph(Glyphs.missing, unit: unit, stroke: stroke, fixedPitch: false)
  }

  /// Pixels that a line of text takes.
  public func width(of text: some StringProtocol) -> Double {
    let advance = text.reduce(0) { $0 + self.advance(of: $1) }
    return max(0, advance - Glyph.gap * unit)
  }

  func advance(of character: Character) -> Double {
    character == " " ? Glyph.wordSpace * unit : glyph(of: character).advance
  }

  func glyph(of character: Character) -> Glyph { glyphs[character] ?? missing }
}

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
    for line in lines {
      let points = line.map { ($0 - SIMD2(left, 0)) * unit - origin }
      for (start, end) in zip(points, points.dropFirst()) {
        let capsule = Capsule(from: start, to: end, width: stroke)
        let rows = capsule.rows.clamped(to: 0..<height)
        for y in rows {
          for x in capsule.columns(in: y).clamped(to: 0..<width) {
            coverage[y * width + x] = max(coverage[y * width + x], capsule.coverage(x, y))
          }
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
