import FaceTracking
import Imaging

/// The banner's text and colours.
struct OverlayBanner {
  let text: String
  let background, foreground: RGBColour

  init(_ observation: FaceObservation) {
    switch observation.state {
    case .absent: self.init("NO FACE · NOT MIRRORED", Palette.Overlay.absent, .white)
    case .held: self.init("FACE LOST · LAST MIDLINE HELD", Palette.Overlay.held, .black)
    case .found:
      // The cause tells the person who films what to change: the head's position, the distance.
      let cause = observation.qualityLimit.map { " · " + $0.rawValue.uppercased() } ?? ""
      switch observation.grade {
      case .good: self.init("GOOD HEAD POSITION", Palette.Overlay.good, .white)
      case .fair: self.init("FAIR HEAD POSITION" + cause, Palette.Overlay.fair, .black)
      case .poor: self.init("POOR HEAD POSITION" + cause, Palette.Overlay.poor, .black)
      }
    }
  }

  private init(_ text: String, _ background: RGBColour, _ foreground: RGBColour) {
    self.text = text
    self.background = background
    self.foreground = foreground
  }

  /// The longest text. The banner must be wide enough for it.
  static let longest = "POOR HEAD POSITION · COMPLETENESS"
}
