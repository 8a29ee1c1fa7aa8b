import CFFmpegLibraries

/// A copy of an audio stream's codec parameters that outlives the reader.
final class AudioParameters: @unchecked Sendable {  // Read-only after `init`.
  let parameters: UnsafeMutablePointer<AVCodecParameters>
  let timeBase: AVRational

  init?(copying stream: UnsafeMutablePointer<AVStream>) {
    guard let copy = avcodec_parameters_alloc() else { return nil }
    parameters = copy
    timeBase = stream.pointee.time_base
    guard avcodec_parameters_copy(copy, stream.pointee.codecpar) >= 0 else { return nil }
  }

  deinit {
    var pointer: UnsafeMutablePointer<AVCodecParameters>? = parameters
    avcodec_parameters_free(&pointer)
  }
}
