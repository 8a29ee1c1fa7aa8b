import Imaging

/// The style sheet of the report and the index. It consists of the palettes, as CSS custom properties, and `Resources/page.css`.
enum PageStyle {
  static let text =
    "\n" + rule(.light) + "\n" + media("(prefers-color-scheme:dark)", .dark) + media("print", .printed)
    + String(decoding: PackageResources.page_css, as: UTF8.self)

  private static func media(_ condition: String, _ palette: Palette) -> String { "@media \(condition){\(rule(palette))}\n" }

  /// Returns the rule that defines a palette's custom properties on the root element. All elements inherit them.
  private static func rule(_ palette: Palette) -> String {
    let properties = [
      ("ground", hex(palette.background)), ("card", hex(palette.card)), ("ink", hex(palette.text)), ("quiet", hex(palette.secondaryText)),
      ("line", hex(palette.rule)), ("right", hex(palette.rightText)), ("left", hex(palette.leftText)),
      ("left-curve", hex(palette.leftCurve)), ("right-curve", hex(palette.rightCurve)), ("good", hex(palette.good)),
      ("fair", hex(palette.fair)), ("poor", hex(palette.poor)), ("band", hex(palette.excluded, opacity: palette.excludedOpacity)),
      ("focus", hex(palette.focus)), ("cursor", hex(palette.cursor)),
    ]
    return ":root{" + properties.map { "--\($0):\($1)" }.joined(separator: ";") + "}"
  }

  /// Returns a colour in CSS form, `#rrggbb` or `#rrggbbaa`.
  private static func hex(_ colour: RGBColour, opacity: UInt8? = nil) -> String {
    func digits(_ value: UInt32, _ count: Int) -> String {
      let text = String(value, radix: 16)
      return String(repeating: "0", count: count - text.count) + text
    }
    return "#" + digits(colour.hex, 6) + (opacity.map { digits(UInt32($0), 2) } ?? "")
  }
}
