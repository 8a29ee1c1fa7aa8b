public import FaceNetworks
public import Imaging
public import Measures

/// Looks in an image for signs that something covers the eyes or the mouth.
///
/// Eyes, open or closed, are darker than the skin around them, and a mouth has a line between its lips. If an eye or the mouth does not
/// look like this at the place that the face mesh gives, it is covered: by dark glasses if the area is much darker than the rest of the
/// face, otherwise by something of a uniform colour. A mouth also counts as covered if the skin around it has another colour than the rest
/// of the face. All brightnesses are relative to the person's own cheeks, forehead and nose on the same side, so that they depend neither
/// on the light nor on the colour of the skin. The limits lie outside the range of values of uncovered faces; `docs/accuracy.md` has the
/// measurements.
public struct ImageCover {
  private let image: YUVImage
  private let mesh: FaceMesh
  /// The number of pixels in each direction from a point that are averaged, so that neither noise nor single hairs decide.
  private let reach: Int

  /// Returns the areas that seem to be covered.
  /// - Parameter mesh: the mesh of the face in the image.
  public static func cover(in image: YUVImage, mesh: FaceMesh) -> FaceCover {
    let unit = (mesh.point(33) - mesh.point(263)).length
    guard unit.isFinite, unit >= 8 else { return [] }
    let look = ImageCover(image: image, mesh: mesh, reach: unit > 40 ? min(Int((unit * 0.02).rounded()), 8) : 0)
    return FaceSide.allCases.reduce(into: []) { cover, side in
      let points = CoverPoints(side)
      if look.isEyeCovered(points) { cover.insert(.half(side, of: .eyes)) }
      if look.isMouthCovered(points) { cover.insert(.half(side, of: .mouth)) }
    }
  }

  private func isEyeCovered(_ points: CoverPoints) -> Bool {
    let skin = brightness(points.cheek + points.lowerCheek + points.forehead + CoverPoints.middle).quantile(0.5)
    guard skin > 1 else { return false }
    let eye = brightness(points.eye)
    let around = brightness(points.aroundEye)
    // Uncovered eyes: 0.11 or more, and 0.15 where the skin around them is darker than half of the other skin. Dark glasses: below 0.1.
    let contrast = (around.quantile(0.5) - eye.quantile(0.15)) / skin
    guard contrast < 0.1 else { return false }
    let all = eye + around
    let isUniform = (all.quantile(0.9) - all.quantile(0.1)) / skin < 0.18
    return isUniform || around.quantile(0.5) / skin < 0.5
  }

  private func isMouthCovered(_ points: CoverPoints) -> Bool {
    let visible = points.cheek + points.forehead + CoverPoints.middle
    let skin = brightness(visible).quantile(0.5)
    guard skin > 1 else { return false }
    let lips = brightness(points.lips)
    let line = (brightness(points.aroundMouth).quantile(0.5) - brightness(points.innerLips).quantile(0.5)) / skin
    if (lips.quantile(0.9) - lips.quantile(0.1)) / skin < 0.11, abs(line) < 0.08 { return true }
    // The difference in colour is 11 at most in uncovered faces, and 25 to 60 in blue and green masks.
    let difference = [image.u, image.v].map { plane in
      colour(points.aroundMouth, plane).quantile(0.5) - colour(visible, plane).quantile(0.5)
    }
    return difference.reduce(0) { $0 + $1 * $1 } > 20 * 20
  }

  /// Returns the brightness of the image around points, from 0 for black to 255 for white.
  private func brightness(_ points: [Int]) -> [Double] {
    let isLimited = image.colour.range == .limited
    return points.map { point in
      let value = mean(image.y, mesh.point(point), reach)
      return isLimited ? (value - 16) * 255 / 219 : value
    }
  }

  /// Returns the values of a chroma plane around points, scaled to full range.
  private func colour(_ points: [Int], _ plane: Plane) -> [Double] {
    let scale = image.colour.range == .limited ? 255.0 / 224 : 1
    return points.map { mean(plane, mesh.point($0) / 2, reach / 2) * scale }
  }

  /// Returns the mean of a square of samples around a position, moved into the plane if the position is outside.
  private func mean(_ plane: Plane, _ position: SIMD2<Double>, _ reach: Int) -> Double {
    func clamped(_ value: Double, _ count: Int) -> Int {
      // The comparison also sends NaN, which may come from a network's output, to the border.
      value > 0 ? Int(min(value.rounded(), Double(count - 1))) : 0
    }
    let (x, y) = (clamped(position.x, plane.width), clamped(position.y, plane.height))
    let columns = max(0, x - reach)...min(plane.width - 1, x + reach)
    let rows = max(0, y - reach)...min(plane.height - 1, y + reach)
    var sum = 0
    for row in rows { for column in columns { sum += Int(plane[column, row]) } }
    return Double(sum) / Double(rows.count * columns.count)
  }
}

extension [Double] {
  /// The value below which the given share of the values lies, interpolated between neighbours; 0 if there are no values.
  fileprivate func quantile(_ share: Double) -> Double {
    guard !isEmpty else { return 0 }
    let ordered = sorted()
    let position = share * Double(count - 1)
    let low = Int(position)
    let high = Swift.min(low + 1, count - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (position - Double(low))
  }
}
