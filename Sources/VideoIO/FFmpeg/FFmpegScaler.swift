import CFFmpeg
import CFFmpegLibraries

/// Owns a libswscale context that converts between two image formats.
struct FFmpegScaler: ~Copyable {
  private let pointer: OpaquePointer

  /// Creates a scaler from one format to another. Nil if libswscale cannot convert between them.
  init?(from source: sf_image_format, to target: sf_image_format) {
    guard let scaler = sf_scaler_create(source, target) else { return nil }
    pointer = scaler
  }

  deinit { sf_scaler_free(pointer) }

  /// Converts a frame into up to four planes. Unused planes are nil and have stride 0.
  ///
  /// - Parameter strides: bytes from one row of each plane to the next.
  /// - Returns: FFmpeg's status, negative on failure.
  func run(
    _ frame: borrowing FFmpegFrame, to planes: [UnsafeMutablePointer<UInt8>?], strides: [Int32]
  ) -> Int32 {
    sf_scaler_run(pointer, frame.pointer, planes, strides)
  }
}
