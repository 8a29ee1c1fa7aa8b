import CFFmpegLibraries

/// An H.264 encoder that a build of FFmpeg may contain, with settings that give about the same quality as libx264.
struct EncoderKind: Sendable {
  /// The kind of frames that an encoder accepts.
  enum Input: Sendable {
    /// yuv420p in main memory.
    case planar
    /// nv12 in main memory.
    case semiPlanar
    /// nv12 in a device's memory, to which each frame is uploaded.
    case vaapi
  }

  let name: String
  let input: Input
  /// Settings to try in order until the encoder opens.
  let attempts: @Sendable (EncoderSettings) -> [Attempt]

  /// One set of settings to open an encoder with.
  struct Attempt: Sendable {
    var options: [String: String] = [:]
    /// The codec context's `global_quality`, for encoders that read the quality there; 0 leaves it unset.
    var globalQuality: Int32 = 0
    var usesQualityScale = false
    /// Bits per second; 0 leaves it unset.
    var bitRate: Int64 = 0
  }

  /// The known encoders in the order in which they are tried. This project has run only libx264; the settings of the others follow FFmpeg's
  /// documentation.
  static let candidates: [EncoderKind] = {
    let libx264 = EncoderKind(name: "libx264", input: .planar) { settings in
      let constant = settings.rateControl == .quantizer ? "qp" : "crf"
      return [Attempt(options: ["preset": settings.preset, constant: String(settings.quality)])]
    }
    #if os(macOS)
      return [videoToolbox, libx264]
    #else
      return [nvenc, quickSync, vaapi, libx264]
    #endif
  }()

  /// An encoder that is not among `candidates`, with its default settings at a generous bit rate.
  static func other(_ name: String) -> EncoderKind {
    EncoderKind(name: name, input: .planar) { [Attempt(bitRate: generousBitRate($0))] }
  }

  private static let videoToolbox = EncoderKind(name: "h264_videotoolbox", input: .planar) { settings in
    // Constant quality, from 1 to 100, exists only on Apple silicon; 65 is close to libx264's CRF 18.
    let quality = Int32(max(1, min(100, 65 - 2 * (settings.quality - 18))))
    return [
      Attempt(globalQuality: quality * FF_QP2LAMBDA, usesQualityScale: true),
      Attempt(bitRate: generousBitRate(settings)),
    ]
  }

  private static let nvenc = EncoderKind(name: "h264_nvenc", input: .planar) { settings in
    [Attempt(options: ["preset": "p1", "rc": "vbr", "cq": String(settings.quality), "b": "0"])]
  }

  private static let quickSync = EncoderKind(name: "h264_qsv", input: .semiPlanar) { settings in
    [Attempt(options: ["preset": "veryfast"], globalQuality: Int32(settings.quality))]
  }

  private static let vaapi = EncoderKind(name: "h264_vaapi", input: .vaapi) { settings in
    [Attempt(options: ["rc_mode": "CQP", "qp": String(settings.quality)])]
  }

  /// Returns a bit rate in bits per second: a quarter of a bit per pixel, about what libx264 uses for faces at CRF 18.
  private static func generousBitRate(_ settings: EncoderSettings) -> Int64 {
    let rate = max(1, min(240, settings.frameRate.value))
    return Int64(max(500_000, Double(settings.width * settings.height) * rate / 4))
  }
}
