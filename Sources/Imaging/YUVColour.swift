/// The meaning of the numbers in a YUV image: the matrix, the range, and the position of the chroma samples.
public struct YUVColour: Hashable, Sendable {
  /// The coefficients between RGB and YUV (ITU-R BT.601, BT.709, BT.2020 non-constant luminance).
  public enum Matrix: String, Hashable, Sendable { case bt601, bt709, bt2020 }
  /// The range of the bytes. `limited`: luma 16…235, chroma 16…240. `full`: 0…255.
  public enum Range: String, Hashable, Sendable { case limited, full }
  /// The position of a chroma sample within its 2×2 luma samples. The default is `left` in MPEG-2 and H.264, `center` in JPEG.
  ///
  /// The six cases are those of H.264's `chroma_sample_loc_type`; `top` and `bottom` result from turning a `left` image by 90°.
  public enum ChromaSiting: String, Hashable, Sendable, CaseIterable {
    case left, center, topLeft, top, bottomLeft, bottom

    /// The luma position of the first chroma sample; chroma sample (i, j) lies at (2i, 2j) + offset.
    public var offset: SIMD2<Double> {
      switch self {
      case .left: SIMD2(0, 0.5)
      case .center: SIMD2(0.5, 0.5)
      case .topLeft: SIMD2(0, 0)
      case .top: SIMD2(0.5, 0)
      case .bottomLeft: SIMD2(0, 1)
      case .bottom: SIMD2(0.5, 1)
      }
    }
  }

  public var matrix: Matrix
  public var range: Range
  public var siting: ChromaSiting

  public init(matrix: Matrix = .bt709, range: Range = .limited, siting: ChromaSiting = .left) {
    self.matrix = matrix
    self.range = range
    self.siting = siting
  }
}
