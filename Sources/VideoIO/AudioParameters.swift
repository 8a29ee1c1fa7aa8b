import CFFmpegLibraries

/// Owns the codec parameters of an audio stream. It is a class because copies of `VideoInfo` share it and outlive the reader.
final class AudioParameters: @unchecked Sendable {  // Read-only after `init`.
  let pointer: UnsafeMutablePointer<AVCodecParameters>
  /// Seconds per unit of the packets' timestamps.
  let timeBase: AVRational

  /// Copies the parameters of a container's stream. Nil when memory is short.
  init?(of stream: UnsafeMutablePointer<AVStream>) {
    guard let parameters = avcodec_parameters_alloc() else { return nil }
    pointer = parameters
    timeBase = stream.pointee.time_base
    guard avcodec_parameters_copy(parameters, stream.pointee.codecpar) >= 0 else { return nil }
  }

  /// Copies the parameters of an open encoder. Nil when memory is short.
  init?(of encoder: borrowing FFmpegCodecContext) {
    guard let parameters = avcodec_parameters_alloc() else { return nil }
    pointer = parameters
    timeBase = encoder.pointer.pointee.time_base
    guard avcodec_parameters_from_context(parameters, encoder.pointer) >= 0 else { return nil }
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVCodecParameters>? = pointer
    avcodec_parameters_free(&pointer)
  }
}
