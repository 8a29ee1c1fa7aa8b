import CFFmpegLibraries

/// Owns an `AVAudioFifo`, a growing queue of audio samples.
struct FFmpegAudioFIFO: ~Copyable {
  private let pointer: OpaquePointer

  /// Allocates an empty queue. Nil when memory is short.
  ///
  /// - Parameter capacity: the number of samples per channel that fit before the queue grows.
  init?(format: AVSampleFormat, channels: Int32, capacity: Int32) {
    guard let queue = av_audio_fifo_alloc(format, channels, capacity) else { return nil }
    pointer = queue
  }

  deinit { av_audio_fifo_free(pointer) }

  /// The number of queued samples per channel.
  var count: Int32 { av_audio_fifo_size(pointer) }

  /// Appends all samples of a frame. Returns FFmpeg's status, negative on failure.
  func append(_ frame: borrowing FFmpegFrame) -> Int32 {
    let samples = frame.pointer.pointee.nb_samples
    return frame.pointer.pointee.extended_data.withMemoryRebound(to: UnsafeMutableRawPointer?.self, capacity: 1) {
      av_audio_fifo_write(pointer, $0, samples)
    }
  }

  /// Moves queued samples into `frame`, as many as fit. Returns FFmpeg's status, negative on failure.
  func read(into frame: borrowing FFmpegFrame) -> Int32 {
    let samples = frame.pointer.pointee.nb_samples
    return frame.pointer.pointee.extended_data.withMemoryRebound(to: UnsafeMutableRawPointer?.self, capacity: 1) {
      av_audio_fifo_read(pointer, $0, samples)
    }
  }
}
