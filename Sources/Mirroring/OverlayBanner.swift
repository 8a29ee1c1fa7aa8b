import FaceTracking
import Imaging

/// The overlay's colours: Okabe and Ito's palette ("Color Universal Design", 2008), which colour-blind viewers can tell apart.
enum OverlayPalette {
  static let blue = RGBColour(0, 114, 178)
  static let yellow = RGBColour(240, 228, 66)
  static let vermilion = RGBColour(213, 94, 0)
  static let purple = RGBColour(204, 121, 167)
  static let sky = RGBColour(86, 180, 233)
  static let grey = RGBColour(70, 70, 70)
}

/// The banner's text and colours.
struct OverlayBanner {
  let text: String
  let background, foreground: RGBColour

  init(_ observation: FaceObservation) {
    switch observation.state {
    case .absent: self.init("NO FACE · NOT MIRRORED", OverlayPalette.grey, .white)
    case .held: self.init("FACE LOST · LAST MIDLINE HELD", OverlayPalette.purple, .black)
    case .found:
      // The cause tells the person who films what to change: the head's position, the distance.
      let cause = observation.qualityLimit.map { " · " + $0.rawValue.uppercased() } ?? ""
      switch observation.grade {
      case .good: self.init("GOOD HEAD POSITION", OverlayPalette.blue, .white)
      case .fair: self.init("FAIR HEAD POSITION" + cause, OverlayPalette.yellow, .black)
      case .poor: self.init("POOR HEAD POSITION" + cause, OverlayPalette.vermilion, .black)
      }
    }
  }

  private init(_ text: String, _ background: RGBColour, _ foreground: RGBColour) {
    self.text = text
    self.background = background
    self.foreground = foreground
  }

  /// The longest text, which the banner must have room for.
  static let longest = "POOR HEAD POSITION · COMPLETENESS"
}
