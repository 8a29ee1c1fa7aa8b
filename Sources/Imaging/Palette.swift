/// The colours of everything that SplitFace draws, named by what they mean.
///
/// They are the colours of Okabe and Ito, which people with any kind of colour vision can tell apart, or variants of them with more contrast
/// against a page's background. Source: M. Okabe and K. Ito, "Color Universal Design (CUD)", 2002, revised 2008,
/// https://jfly.uni-koeln.de/color/. Whatever a colour shows is also shown by a dashed line, a texture or a word.
package struct Palette: Hashable, Sendable {
  /// Curves, bars and dots of the person's right side.
  package var rightCurve: RGBColour
  /// Text about the right side, links and sliders.
  package var rightText: RGBColour
  /// Curves, bars and dots of the person's left side.
  package var leftCurve: RGBColour
  /// Text about the left side.
  package var leftText: RGBColour
  /// Frames with a good head position.
  package var good: RGBColour
  /// Frames with a fair head position, and warnings.
  package var fair: RGBColour
  /// Frames with a poor head position, and failures.
  package var poor: RGBColour
  package var background: RGBColour
  /// The background of boxes and buttons.
  package var card: RGBColour
  package var text: RGBColour
  /// Captions, labels and notes.
  package var secondaryText: RGBColour
  /// Borders and grid lines.
  package var rule: RGBColour
  /// Times that are left out of the comparison.
  package var excluded: RGBColour
  /// The opacity of `excluded`, 0…255.
  package var excludedOpacity: UInt8
  /// The outline of the element that has the keyboard's focus.
  package var focus: RGBColour
  /// The line in a chart that marks the current time.
  package var cursor: RGBColour

  /// Pages with a light background.
  package static let light = Palette(
    rightCurve: OkabeIto.blue, rightText: RGBColour(hex: 0x0062a3), leftCurve: OkabeIto.vermilion, leftText: RGBColour(hex: 0xb85400),
    good: OkabeIto.bluishGreen, fair: OkabeIto.orange, poor: RGBColour(hex: 0xcc4b00), background: .white, card: RGBColour(hex: 0xf6f7f8),
    text: RGBColour(hex: 0x1b1f23), secondaryText: RGBColour(hex: 0x57606a), rule: RGBColour(hex: 0xd5dae0),
    excluded: RGBColour(hex: 0x8a94a0), excludedOpacity: 0x26, focus: OkabeIto.blue, cursor: RGBColour(hex: 0x1b1f23))

  /// Pages with a dark background.
  package static let dark = Palette(
    rightCurve: OkabeIto.skyBlue, rightText: RGBColour(hex: 0x6cbcf0), leftCurve: RGBColour(hex: 0xf0a030),
    leftText: RGBColour(hex: 0xf5a742), good: RGBColour(hex: 0x1fb98c), fair: RGBColour(hex: 0xe6b53a), poor: RGBColour(hex: 0xee7a3a),
    background: RGBColour(hex: 0x14171a), card: RGBColour(hex: 0x1e2328), text: RGBColour(hex: 0xe8eaed),
    secondaryText: RGBColour(hex: 0xa3acb5), rule: RGBColour(hex: 0x3a424a), excluded: RGBColour(hex: 0xa3acb5), excludedOpacity: 0x2e,
    focus: OkabeIto.skyBlue, cursor: .white)

  /// Printed pages: `light` with more contrast.
  package static let printed = {
    var palette = light
    palette.rightText = RGBColour(hex: 0x00508a)
    palette.leftText = RGBColour(hex: 0x964400)
    palette.card = .white
    palette.text = .black
    palette.secondaryText = RGBColour(hex: 0x444444)
    palette.rule = RGBColour(hex: 0xbbbbbb)
    palette.excludedOpacity = 0x40
    return palette
  }()

  /// The chart that is saved as an image: `light` with different greys.
  package static let chart = {
    var palette = light
    palette.secondaryText = RGBColour(hex: 0x5f6872)
    palette.rule = RGBColour(hex: 0xdadee2)
    palette.excluded = RGBColour(hex: 0xe8eaed)
    palette.excludedOpacity = 255
    return palette
  }()

  /// The overlay on video frames, which may have any colour behind it.
  package enum Overlay {
    /// The banner of a frame with a good head position.
    package static let good = OkabeIto.blue
    /// The banner of a frame with a fair head position.
    package static let fair = OkabeIto.yellow
    /// The banner of a frame with a poor head position.
    package static let poor = OkabeIto.vermilion
    /// The banner of a frame on which the face was lost and the last midline is kept.
    package static let held = OkabeIto.reddishPurple
    /// The banner of a frame without a face.
    package static let absent = RGBColour(hex: 0x464646)
    package static let landmark = OkabeIto.skyBlue
    package static let midline = OkabeIto.yellow
    /// The letter R, on a dark box.
    package static let right = dark.rightCurve
    /// The letter L, on a dark box.
    package static let left = dark.leftCurve
  }

  /// The colours as published; black, the eighth, is not used.
  private enum OkabeIto {
    static let orange = RGBColour(230, 159, 0)
    static let skyBlue = RGBColour(86, 180, 233)
    static let bluishGreen = RGBColour(0, 158, 115)
    static let yellow = RGBColour(240, 228, 66)
    static let blue = RGBColour(0, 114, 178)
    static let vermilion = RGBColour(213, 94, 0)
    static let reddishPurple = RGBColour(204, 121, 167)
  }
}
