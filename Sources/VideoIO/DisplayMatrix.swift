import Imaging

/// Interprets a container's display matrix: nine numbers, defined in ISO/IEC 14496-12 and FFmpeg's `libavutil/display.h`.
enum DisplayMatrix {
  /// Returns the orientation nearest to the matrix, and whether the matrix states exactly this orientation; nil if the matrix maps
  /// everything to a line.
  ///
  /// A stored point (p, q) is shown at (a·p + c·q, b·p + d·q), where y points down.
  static func orientation(_ matrix: UnsafePointer<Int32>) -> (orientation: ImageOrientation, isExact: Bool)? {
    let (a, b, c, d) = (Int64(matrix[0]), Int64(matrix[1]), Int64(matrix[3]), Int64(matrix[4]))
    guard a * d != b * c else { return nil }
    // Matrices computed from rounded sines and cosines are off by a few units of 1/65536.
    let slack: Int64 = 256
    if abs(a) + abs(d) >= abs(b) + abs(c) {
      let orientation: ImageOrientation =
        switch (a >= 0, d >= 0) {
        case (true, true): .up
        case (false, true): .upMirrored
        case (false, false): .down
        case (true, false): .downMirrored
        }
      return (orientation, abs(b) + abs(c) <= slack)
    }
    let orientation: ImageOrientation =
      switch (b >= 0, c >= 0) {
      case (true, true): .leftMirrored
      case (true, false): .right
      case (false, false): .rightMirrored
      case (false, true): .left
      }
    return (orientation, abs(a) + abs(d) <= slack)
  }
}
