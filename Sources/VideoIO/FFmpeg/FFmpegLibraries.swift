import CFFmpegLibraries

/// The FFmpeg libraries that this program runs with.
public enum FFmpegLibraries {
  /// FFmpeg's own version, for instance `5.1.6-0+deb12u1`.
  public static var release: String { String(cString: av_version_info()) }

  /// Name and version of each library.
  public static var versions: [(name: String, version: String)] {
    [
      ("libavformat", avformat_version()), ("libavcodec", avcodec_version()), ("libavutil", avutil_version()),
      ("libswscale", swscale_version()), ("libswresample", swresample_version()),
    ].map { ($0.0, text($0.1)) }
  }

  /// Formats a version number, in which the major, minor and micro version have 16, 8 and 8 bits (`AV_VERSION_INT` in libavutil/version.h).
  private static func text(_ version: UInt32) -> String { "\(version >> 16).\(version >> 8 & 255).\(version & 255)" }
}
