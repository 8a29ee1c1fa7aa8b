import FaceNetworks
public import FaceTracking
public import Imaging

/// Draws what was found in a frame onto a copy of it: landmarks, the midline and its two end points, the person's left and right, head
/// position and quality, frame number and time.
///
/// All sizes scale with the frame, so that the overlay is legible at 360 lines as well as at 2160.
public struct DebugOverlay: Sendable {
  private let layout: OverlayLayout
  private let width, height: Int

  /// Creates an overlay for frames of one size.
  /// - Parameters:
  ///   - width: the width of the frames, pixels.
  ///   - height: the height of the frames, pixels.
  public init(width: Int, height: Int) {
    self.width = width
    self.height = height
    layout = OverlayLayout(width: width, height: height)
  }

  /// Returns a copy of a frame with the overlay drawn on it.
  /// - Parameters:
  ///   - image: a frame of the size that the overlay was made for.
  ///   - frameNumber: the number in the CSV tables, from 1.
  ///   - timestamp: seconds.
  ///   - pool: the pool that the copy's memory is taken from.
  public func draw(
    on image: YUVImage, observation: FaceObservation, frameNumber: Int, timestamp: Double, pool: PixelMemoryPool? = nil
  ) -> YUVImage {
    precondition(image.width == width && image.height == height, "an overlay is made for one frame size")
    let canvas = image.copyCanvas(pool: pool)
    if let mesh = observation.mesh { drawLandmarks(mesh, on: canvas) }
    if let midline = observation.midline {
      drawMidline(midline, dashed: observation.state == .held, on: canvas)
      drawSides(midline, on: canvas)
    }
    drawBanner(observation, on: canvas)
    drawInformation(observation, frameNumber, timestamp, on: canvas)
    return canvas.finish()
  }

  private func drawLandmarks(_ mesh: FaceMesh, on canvas: borrowing YUVCanvas) {
    let points = mesh.points
    // Marks that scale with the frame would hide a small face in a large frame.
    let xs = points.map(\.x)
    let faceWidth = (xs.max() ?? 0) - (xs.min() ?? 0)
    let radius = max(0.6, min(1.1 * layout.unit, faceWidth / 140))
    for contour in MeshContours.all {
      for (start, end) in zip(contour, contour.dropFirst()) where max(start, end) < points.count {
        canvas.line(from: points[start], to: points[end], width: max(1, radius), colour: .white, alpha: 0.6)
      }
    }
    for point in points { canvas.disc(centre: point, radius: radius, colour: Palette.Overlay.landmark, alpha: 0.9) }
  }

  private func drawMidline(_ midline: Midline, dashed: Bool, on canvas: borrowing YUVCanvas) {
    let unit = layout.unit
    let axis = midline.axis
    // The dark outline keeps the line visible on skin and on bright backgrounds.
    let strokes: [(width: Double, colour: RGBColour, alpha: Double)] = [
      (max(2.5, 3.2 * unit), .black, 0.45), (max(1.2, 1.5 * unit), Palette.Overlay.midline, 1),
    ]
    let reach = layout.width + layout.height
    for stroke in strokes {
      if dashed {
        let (dash, period) = (9 * unit, 16 * unit)
        for start in stride(from: (-reach / period).rounded() * period, to: reach, by: period) {
          let from = axis.point + axis.direction * start
          canvas.line(from: from, to: from + axis.direction * dash, width: stroke.width, colour: stroke.colour, alpha: stroke.alpha)
        }
      } else {
        canvas.line(
          from: axis.point - axis.direction * reach, to: axis.point + axis.direction * reach, width: stroke.width,
          colour: stroke.colour, alpha: stroke.alpha)
      }
    }
    for point in [midline.glabella, midline.chin] {
      canvas.disc(centre: point, radius: 5 * unit, colour: .black)
      canvas.disc(centre: point, radius: 3.6 * unit, colour: Palette.Overlay.midline)
    }
  }

  /// Draws the letters R and L for the person's own right and left sides, where the face's left-right axis leaves the frame.
  private func drawSides(_ midline: Midline, on canvas: borrowing YUVCanvas) {
    let centre = (midline.glabella + midline.chin) / 2
    let direction = midline.axis.direction
    let towardsRight = SIMD2(-direction.y, direction.x)
    let typeface = layout.sideLabel
    for (letter, colour, away) in [("R", Palette.Overlay.right, towardsRight), ("L", Palette.Overlay.left, -towardsRight)] {
      let size = SIMD2(typeface.capHeight * 1.5, typeface.capHeight * 1.6)
      let middle = edgePoint(from: centre, towards: away, half: size / 2)
      canvas.fillRectangle(
        x: middle.x - size.x / 2, y: middle.y - size.y / 2, width: size.x, height: size.y, colour: .black, alpha: 0.6)
      let pen = SIMD2(middle.x - typeface.width(of: letter) / 2, middle.y - typeface.capHeight / 2)
      canvas.text(letter, at: pen, typeface: typeface, colour: colour)
    }
  }

  /// Moves a box along a ray to the edge of the frame's free part, and returns the centre of the moved box.
  ///
  /// - Parameter half: half the width and half the height of the box.
  private func edgePoint(from start: SIMD2<Double>, towards away: SIMD2<Double>, half: SIMD2<Double>) -> SIMD2<Double> {
    let low = SIMD2(layout.margin, layout.bannerHeight + layout.margin) + half
    let high = SIMD2(layout.width - layout.margin, layout.height - layout.informationHeight - layout.margin) - half
    func clamp(_ p: SIMD2<Double>) -> SIMD2<Double> {
      SIMD2(max(low.x, min(high.x, p.x)), max(low.y, min(high.y, p.y)))
    }
    let inside = clamp(start)
    func steps(_ from: Double, _ pace: Double, _ low: Double, _ high: Double) -> Double {
      if abs(pace) < 1e-9 { return .infinity }
      return max(0, ((pace > 0 ? high : low) - from) / pace)
    }
    let reach = min(steps(inside.x, away.x, low.x, high.x), steps(inside.y, away.y, low.y, high.y))
    return clamp(inside + away * reach)
  }

  private func drawBanner(_ observation: FaceObservation, on canvas: borrowing YUVCanvas) {
    let banner = OverlayBanner(observation)
    canvas.fillRectangle(
      x: -0.5, y: -0.5, width: layout.width, height: layout.bannerHeight, colour: banner.background, alpha: 0.85)
    let typeface = layout.banner
    let pen = SIMD2(
      (layout.width - typeface.width(of: banner.text)) / 2, (layout.bannerHeight - typeface.capHeight) / 2)
    canvas.text(banner.text, at: pen, typeface: typeface, colour: banner.foreground)
  }

  private func drawInformation(
    _ observation: FaceObservation, _ frameNumber: Int, _ timestamp: Double, on canvas: borrowing YUVCanvas
  ) {
    let typeface = layout.information
    let top = layout.height - layout.informationHeight
    canvas.fillRectangle(
      x: -0.5, y: top - 0.5, width: layout.width, height: layout.informationHeight, colour: .black, alpha: 0.6)
    let left = layout.width * 0.03
    let first = top + (typeface.lineHeight - typeface.capHeight) / 2 + typeface.capHeight * 0.2
    canvas.text(
      "frame \(frameNumber) · \(decimal(timestamp, places: 3)) s", at: SIMD2(left, first), typeface: typeface, colour: .white)
    var parts: [String] = []
    if let pose = observation.pose { parts.append("yaw \(decimal(pose.yaw, places: 1, signed: true))°") }
    if observation.state == .found { parts.append("quality \(decimal(observation.quality, places: 2))") }
    let text = parts.joined(separator: " · ")
    let pen =
      layout.informationLines == 1
      ? SIMD2(layout.width - left - typeface.width(of: text), first) : SIMD2(left, first + typeface.lineHeight)
    canvas.text(text, at: pen, typeface: typeface, colour: .white)
  }
}

/// Formats a number with a fixed number of decimals and a true minus sign (U+2212).
private func decimal(_ value: Double, places: Int, signed: Bool = false) -> String {
  guard value.isFinite, abs(value) < 1e12 else { return "—" }
  let power = (0..<places).reduce(1) { power, _ in power * 10 }
  let scaled = Int((abs(value) * Double(power)).rounded())
  let fraction = String(scaled % power)
  let padding = String(repeating: "0", count: places - fraction.count)
  let sign = scaled == 0 ? "" : value < 0 ? "−" : signed ? "+" : ""
  return "\(sign)\(scaled / power).\(padding)\(fraction)"
}
