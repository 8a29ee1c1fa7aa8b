import Imaging

/// The overlay's sizes for one frame size. All of them scale with the frame; in portrait frames, text scales with the width.
struct OverlayLayout: Sendable {
  let width, height: Double
  /// The unit of all sizes, pixels: one 360th of the height of a landscape frame.
  let unit: Double
  let banner, information, sideLabel: Typeface
  /// The number of lines that frame number and pose take: one together, or one each in a narrow frame.
  let informationLines: Int

  init(width: Int, height: Int) {
    self.width = Double(width)
    self.height = Double(height)
    unit = min(self.height, self.width * 0.9) / 360
    banner = Self.typeface(capHeight: 12 * unit, weight: 0.17, holding: OverlayBanner.longest, in: self.width * 0.94)
    let (left, right) = ("frame 000000 · 00000.000 s", "yaw −00.0° · quality 0.00")
    let wanted = Typeface(capHeight: Self.legible(9 * unit))
    let shared = wanted.width(of: left + "    " + right) <= self.width * 0.94
    informationLines = shared ? 1 : 2
    information = shared ? wanted : Self.typeface(capHeight: 9 * unit, weight: 0.15, holding: left, in: self.width * 0.94)
    sideLabel = Typeface(capHeight: max(6, 24 * unit), weight: 0.18)
  }

  var bannerHeight: Double { (banner.capHeight * 2).rounded() }
  var informationHeight: Double { (information.lineHeight * Double(informationLines) + information.capHeight * 0.4).rounded() }
  /// The distance, in pixels, of the side labels from the frame's edges, from the banner, and from the frame number and pose.
  var margin: Double { 8 * unit }

  /// Limits a capital height to at least 7 pixels: smaller letters run together, and text that is cut off is better than unreadable text.
  private static func legible(_ capHeight: Double) -> Double { max(7, capHeight) }

  private static func typeface(capHeight: Double, weight: Double, holding text: String, in width: Double) -> Typeface {
    let wanted = Typeface(capHeight: legible(capHeight), weight: weight)
    let taken = wanted.width(of: text)
    return taken <= width ? wanted : Typeface(capHeight: legible(wanted.capHeight * width / taken), weight: weight)
  }
}
