/// The letters that this project draws, rendered once at one size: printable ASCII and a few other characters (° · — – − … ± ×).
///
/// All strokes have the same width and round ends, so that text is legible from a capital height of nine pixels on.
public struct Typeface: Sendable {
  /// The height of a capital in pixels.
  public let capHeight: Double
  /// The distance from one baseline to the next in pixels.
  public var lineHeight: Double { capHeight * 1.8 }

  private let unit: Double
  private let glyphs: [Character: Glyph]
  private let missing: Glyph

  /// Renders the letters at one size.
  ///
  /// - Parameters:
  ///   - capHeight: the height of a capital in pixels.
  ///   - weight: the width of the strokes as a fraction of the capital height.
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

  /// Returns the width of a line of text in pixels.
  public func width(of text: some StringProtocol) -> Double {
    let advance = text.reduce(0) { $0 + self.advance(of: $1) }
    return max(0, advance - Glyph.gap * unit)
  }

  func advance(of character: Character) -> Double {
    character == " " ? Glyph.wordSpace * unit : glyph(of: character).advance
  }

  func glyph(of character: Character) -> Glyph { glyphs[character] ?? missing }
}
