package import FaceNetworks

/// The parts of a picture that are searched for a face too small to be seen in the whole.
///
/// Squares of a half, a quarter, … of the longer side, down to `minimumSide`; neighbours overlap by a quarter or more, so that
/// a face of up to a quarter of a square lies whole in one of them. The larger squares come first.
package struct SearchPlan {
  package let windows: [FaceRegion]
  private var index = 0

  /// The detector sees faces from an eighth of this on: 40 pixels, below which a mesh means little.
  static let minimumSide = 320.0

  package init(width: Int, height: Int) {
    var windows: [FaceRegion] = []
    var side = Double(max(width, height)) / 2
    while side >= Self.minimumSide {
      for y in Self.centres(length: Double(height), side: side) {
        for x in Self.centres(length: Double(width), side: side) {
          windows.append(FaceRegion(centre: SIMD2(x, y), width: side, height: side, rotation: 0))
        }
      }
      side /= 2
    }
    self.windows = windows
  }

  /// The next part, from the first again after the last; `nil` when the picture is too small for parts.
  package mutating func next() -> FaceRegion? {
    guard !windows.isEmpty else { return nil }
    defer { index = (index + 1) % windows.count }
    return windows[index]
  }

  private static func centres(length: Double, side: Double) -> [Double] {
    guard length > side else { return [length / 2] }
    let steps = ((length - side) / (0.75 * side)).rounded(.up)
    return stride(from: 0, through: steps, by: 1).map { side / 2 + $0 * (length - side) / steps }
  }
}
