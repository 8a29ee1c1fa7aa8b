package import FaceNetworks

/// The parts of a frame that are searched for a face too small for the detector to see in the whole frame.
///
/// The parts are squares of a half, a quarter, … of the longer side, down to `minimumSide`, the larger ones first. Neighbours overlap by at
/// least a quarter, so that a face of up to a quarter of a square lies entirely in one of them.
package struct SearchPlan {
  package let windows: [FaceRegion]
  private var index = 0

  /// The side of the smallest square, in pixels. The detector finds faces as small as an eighth of the square, here 40 pixels. The mesh of a
  /// smaller face is unreliable, so smaller squares are not searched.
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

  /// Returns the next part, starting again after the last one. `nil` if the frame is too small to be divided.
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
