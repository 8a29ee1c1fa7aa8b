import CFFmpegLibraries

/// The colour description of a video.
///
/// Primaries, transfer function and matrix are numbers from ISO/IEC 23091-2 (H.273), where 2 means unspecified. Range and chroma location
/// are FFmpeg's numbers, where 0 means unspecified.
public struct ColourTags: Hashable, Sendable {
  public var primaries: Int
  public var transfer: Int
  public var matrix: Int
  /// 0 unspecified, 1 limited, 2 full (FFmpeg's `AVColorRange`).
  public var range: Int
  /// 0 unspecified, 1 left, 2 centre, 3 top left … (FFmpeg's `AVChromaLocation`).
  public var chromaLocation: Int

  public init(primaries: Int = 2, transfer: Int = 2, matrix: Int = 2, range: Int = 0, chromaLocation: Int = 0) {
    self.primaries = primaries
    self.transfer = transfer
    self.matrix = matrix
    self.range = range
    self.chromaLocation = chromaLocation
  }

  /// The tags of a decoded frame.
  init(_ frame: AVFrame) {
    self.init(
      primaries: Int(frame.color_primaries.rawValue), transfer: Int(frame.color_trc.rawValue),
      matrix: Int(frame.colorspace.rawValue), range: Int(frame.color_range.rawValue),
      chromaLocation: Int(frame.chroma_location.rawValue))
  }

  /// Whether the transfer function is PQ or HLG, which are meant for more than 8 bits.
  public var isHighDynamicRange: Bool {
    transfer == Int(AVCOL_TRC_SMPTE2084.rawValue) || transfer == Int(AVCOL_TRC_ARIB_STD_B67.rawValue)
  }
}
