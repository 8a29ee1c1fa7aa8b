import CFFmpeg
import CFFmpegLibraries

/// Makes AAC of sound that MP4 cannot hold, with FFmpeg's own encoder, in step with the video: silence where the source has
/// gaps, up to ten minutes (`TimestampLimit.silence`); longer ones stay gaps.
final class AACTranscoder {
  private let context: FFmpegContext
  private let cancellation: VideoCancellation
  private let decoder: UnsafeMutablePointer<AVCodecContext>
  private let encoder: UnsafeMutablePointer<AVCodecContext>
  /// Decoded samples that do not fill a packet yet.
  private let waiting: OpaquePointer
  private var resampler: OpaquePointer?
  private let decoded: UnsafeMutablePointer<AVFrame>
  private let packet: UnsafeMutablePointer<AVPacket>
  /// Time of the first waiting sample, in samples.
  private var position: Int64?

  typealias Receiver = (UnsafeMutablePointer<AVPacket>) throws(VideoError) -> Void

  init(_ source: AudioParameters, context: FFmpegContext, cancellation: VideoCancellation) throws(VideoError) {
    self.context = context
    self.cancellation = cancellation
    decoder = try Self.openDecoder(source, context)
    do throws(VideoError) { encoder = try Self.openEncoder(for: decoder, context) } catch {
      var decoder: UnsafeMutablePointer<AVCodecContext>? = decoder
      avcodec_free_context(&decoder)
      throw error
    }
    // Memory of this size is not refused on any system that got this far; a leak in that case is nobody's concern.
    waiting = try context.require(
      av_audio_fifo_alloc(encoder.pointee.sample_fmt, encoder.pointee.ch_layout.nb_channels, 4096), .cannotCreate)
    decoded = try context.require(av_frame_alloc(), .cannotCreate)
    packet = try context.require(av_packet_alloc(), .cannotCreate)
  }

  deinit {
    var decoder: UnsafeMutablePointer<AVCodecContext>? = decoder
    avcodec_free_context(&decoder)
    var encoder: UnsafeMutablePointer<AVCodecContext>? = encoder
    avcodec_free_context(&encoder)
    av_audio_fifo_free(waiting)
    swr_free(&resampler)
    var frame: UnsafeMutablePointer<AVFrame>? = decoded
    av_frame_free(&frame)
    var packet: UnsafeMutablePointer<AVPacket>? = packet
    av_packet_free(&packet)
  }

  /// One over the sample rate.
  var timeBase: AVRational { encoder.pointee.time_base }

  /// What the packets need to be described with.
  func withParameters<R>(_ body: (UnsafePointer<AVCodecParameters>) throws(VideoError) -> R) throws(VideoError) -> R {
    var parameters: UnsafeMutablePointer<AVCodecParameters>? = avcodec_parameters_alloc()
    defer { avcodec_parameters_free(&parameters) }
    let filled = try context.require(parameters, .cannotCreate)
    try context.check(avcodec_parameters_from_context(filled, encoder), .cannotCreate, "describe the sound")
    return try body(filled)
  }

  private static func openDecoder(_ source: AudioParameters, _ context: FFmpegContext) throws(VideoError) -> UnsafeMutablePointer<
    AVCodecContext
  > {
    let identifier = source.parameters.pointee.codec_id
    let name = String(cString: avcodec_get_name(identifier))
    guard let codec = avcodec_find_decoder(identifier) else {
      throw context.error(.unsupported, "this build of FFmpeg has no decoder for \(name)")
    }
    let decoder = try context.require(avcodec_alloc_context3(codec))
    do throws(VideoError) {
      try context.check(avcodec_parameters_to_context(decoder, source.parameters), .unsupported, "set up the \(name) decoder")
      decoder.pointee.pkt_timebase = source.timeBase
      decoder.pointee.thread_count = 1
      decoder.pointee.opaque = context.log.opaque
      try context.check(avcodec_open2(decoder, codec, nil), .unsupported, "open the \(name) decoder")
      return decoder
    } catch {
      var pointer: UnsafeMutablePointer<AVCodecContext>? = decoder
      avcodec_free_context(&pointer)
      throw error
    }
  }

  private static func openEncoder(
    for decoder: UnsafeMutablePointer<AVCodecContext>, _ context: FFmpegContext
  ) throws(VideoError) -> UnsafeMutablePointer<AVCodecContext> {
    let codec = try context.require(avcodec_find_encoder(AV_CODEC_ID_AAC), .noEncoder)
    let encoder = try context.require(avcodec_alloc_context3(codec), .noEncoder)
    // ISO/IEC 14496-3, table 1.18.
    let rates: [Int32] = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350]
    let rate = rates.contains(decoder.pointee.sample_rate) ? decoder.pointee.sample_rate : 48000
    let channels = decoder.pointee.ch_layout.nb_channels
    encoder.pointee.sample_rate = rate
    encoder.pointee.time_base = AVRational(num: 1, den: rate)
    encoder.pointee.sample_fmt = AV_SAMPLE_FMT_FLTP
    av_channel_layout_default(&encoder.pointee.ch_layout, channels == 1 || channels == 6 ? channels : 2)
    encoder.pointee.bit_rate = 96_000 * Int64(encoder.pointee.ch_layout.nb_channels)
    encoder.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
    encoder.pointee.thread_count = 1
    encoder.pointee.opaque = context.log.opaque
    do throws(VideoError) {
      try context.check(avcodec_open2(encoder, codec, nil), .noEncoder, "open the AAC encoder")
      return encoder
    } catch {
      var pointer: UnsafeMutablePointer<AVCodecContext>? = encoder
      avcodec_free_context(&pointer)
      throw error
    }
  }

  /// Takes a packet of the source; damaged ones are passed over and become silence.
  func write(_ source: UnsafeMutablePointer<AVPacket>, _ body: Receiver) throws(VideoError) {
    if avcodec_send_packet(decoder, source) >= 0 { try drainDecoder(body) }
  }

  /// Gives what is still held.
  func finish(_ body: Receiver) throws(VideoError) {
    avcodec_send_packet(decoder, nil)
    try drainDecoder(body)
    try encodeWaiting(all: true, body)
    try context.check(avcodec_send_frame(encoder, nil), .encodeFailed, "encode sound")
    try drainEncoder(body)
  }

  private func drainDecoder(_ body: Receiver) throws(VideoError) {
    while true {
      let status = avcodec_receive_frame(decoder, decoded)
      if status == sf_error_again || status == sf_error_eof { return }
      if status < 0 { continue }
      defer { av_frame_unref(decoded) }
      try take(body)
    }
  }

  private func take(_ body: Receiver) throws(VideoError) {
    let rate = Int64(encoder.pointee.sample_rate)
    let stamp = decoded.pointee.best_effort_timestamp
    let time = stamp == sf_no_timestamp ? nil : av_rescale_q(stamp, decoder.pointee.pkt_timebase, timeBase)
    let expected = position.map { $0 + Int64(av_audio_fifo_size(waiting)) }
    position = position ?? time ?? 0
    if let time, let expected {
      // Timestamps are rounded and codecs start late by a packet: 50 ms of difference are left alone.
      if time < expected - rate / 20 { return }
      let gap = time - expected
      if gap > Int64(TimestampLimit.silence) * rate {
        try skip(to: time, body)
      } else if gap > rate / 20 {
        try fill(gap, body)
      }
    }
    let frame = try context.require(resample(), .encodeFailed)
    var owned: UnsafeMutablePointer<AVFrame>? = frame
    defer { av_frame_free(&owned) }
    try append(frame)
    try encodeWaiting(all: false, body)
  }

  /// Leaves a gap: what waits is filled up to a whole packet, and the next sample has another time.
  private func skip(to time: Int64, _ body: Receiver) throws(VideoError) {
    let rest = Int64(av_audio_fifo_size(waiting) % frameSize)
    if rest > 0 { try fill(Int64(frameSize) - rest, body) }
    position = time
  }

  /// Samples of a packet.
  private var frameSize: Int32 { encoder.pointee.frame_size > 0 ? encoder.pointee.frame_size : 1024 }

  private func fill(_ samples: Int64, _ body: Receiver) throws(VideoError) {
    var left = samples
    while left > 0 {
      if cancellation.isCancelled { throw VideoError(.cancelled, path: context.path, message: "cancelled") }
      let count = Int32(min(left, 1024))
      var silence: UnsafeMutablePointer<AVFrame>? = try makeFrame(count)
      defer { av_frame_free(&silence) }
      if let silence {
        av_samples_set_silence(silence.pointee.extended_data, 0, count, silence.pointee.ch_layout.nb_channels, AV_SAMPLE_FMT_FLTP)
        try append(silence)
      }
      try encodeWaiting(all: false, body)
      left -= Int64(count)
    }
  }

  private func makeFrame(_ samples: Int32) throws(VideoError) -> UnsafeMutablePointer<AVFrame> {
    let frame = try context.require(av_frame_alloc(), .encodeFailed)
    describe(frame)
    frame.pointee.nb_samples = samples
    try context.check(av_frame_get_buffer(frame, 0), .encodeFailed, "encode sound")
    return frame
  }

  private func describe(_ frame: UnsafeMutablePointer<AVFrame>) {
    frame.pointee.format = AV_SAMPLE_FMT_FLTP.rawValue
    frame.pointee.sample_rate = encoder.pointee.sample_rate
    av_channel_layout_copy(&frame.pointee.ch_layout, &encoder.pointee.ch_layout)
  }

  private func append(_ frame: UnsafeMutablePointer<AVFrame>) throws(VideoError) {
    try frame.pointee.extended_data.withMemoryRebound(to: UnsafeMutableRawPointer?.self, capacity: 1) { data throws(VideoError) -> Void in
      try context.check(av_audio_fifo_write(waiting, data, frame.pointee.nb_samples), .encodeFailed, "encode sound")
    }
  }

  /// The decoded samples in the encoder's format.
  private func resample() -> UnsafeMutablePointer<AVFrame>? {
    // Raw formats may leave the order of channels open, which the resampler does not accept.
    if decoded.pointee.ch_layout.order == AV_CHANNEL_ORDER_UNSPEC {
      av_channel_layout_default(&decoded.pointee.ch_layout, decoded.pointee.ch_layout.nb_channels)
    }
    for _ in 0..<2 {
      guard let frame = av_frame_alloc() else { return nil }
      describe(frame)
      if resampler == nil { resampler = swr_alloc() }
      if swr_convert_frame(resampler, frame, decoded) >= 0 { return frame }
      // The source changed its format: a new resampler takes over.
      swr_free(&resampler)
      var pointer: UnsafeMutablePointer<AVFrame>? = frame
      av_frame_free(&pointer)
    }
    return nil
  }

  private func encodeWaiting(all: Bool, _ body: Receiver) throws(VideoError) {
    let size = frameSize
    while true {
      let available = av_audio_fifo_size(waiting)
      if available == 0 || (available < size && !all) { return }
      let frame = try makeFrame(min(available, size))
      var owned: UnsafeMutablePointer<AVFrame>? = frame
      defer { av_frame_free(&owned) }
      try frame.pointee.extended_data.withMemoryRebound(to: UnsafeMutableRawPointer?.self, capacity: 1) { data throws(VideoError) -> Void in
        try context.check(av_audio_fifo_read(waiting, data, frame.pointee.nb_samples), .encodeFailed, "encode sound")
      }
      frame.pointee.pts = position ?? 0
      position = (position ?? 0) + Int64(frame.pointee.nb_samples)
      try context.check(avcodec_send_frame(encoder, frame), .encodeFailed, "encode sound")
      try drainEncoder(body)
    }
  }

  private func drainEncoder(_ body: Receiver) throws(VideoError) {
    while true {
      let status = avcodec_receive_packet(encoder, packet)
      if status == sf_error_again || status == sf_error_eof { return }
      try context.check(status, .encodeFailed, "encode sound")
      defer { av_packet_unref(packet) }
      try body(packet)
    }
  }
}
