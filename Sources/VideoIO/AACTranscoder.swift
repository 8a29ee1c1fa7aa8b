import CFFmpeg
import CFFmpegLibraries

/// Converts audio to AAC if it cannot be copied. Uses FFmpeg's own encoder and keeps the audio in sync with the video.
///
/// A gap of up to ten minutes in the source (`TimestampLimit.silence`) is filled with silence; a longer one stays a gap.
final class AACTranscoder {
  typealias Receiver = (borrowing FFmpegPacket) throws(VideoError) -> Void

  private let context: FFmpegContext
  private let cancellation: VideoCancellation
  private let decoder: FFmpegCodecContext
  private let encoder: FFmpegCodecContext
  private var resampler: FFmpegResampler?
  private let decoded: FFmpegFrame
  /// Decoded samples that wait until they fill a packet.
  private let queue: FFmpegAudioFIFO
  private let packet: FFmpegPacket
  /// The time of the first queued sample in units of `timeBase`; nil before the first frame.
  private var position: Int64?

  init(_ source: AudioParameters, context: FFmpegContext, cancellation: VideoCancellation) throws(VideoError) {
    self.context = context
    self.cancellation = cancellation
    let decoder = try FFmpegCodecContext.decoder(for: source.pointer, context: context) {
      $0.pointee.pkt_timebase = source.timeBase
      $0.pointee.thread_count = 1
    }
    let encoder = try Self.openEncoder(for: decoder, context)
    queue = try context.require(
      FFmpegAudioFIFO(format: encoder.pointer.pointee.sample_fmt, channels: encoder.pointer.pointee.ch_layout.nb_channels, capacity: 4096),
      .cannotCreate)
    decoded = try context.require(FFmpegFrame(), .cannotCreate)
    packet = try context.require(FFmpegPacket(), .cannotCreate)
    self.decoder = decoder
    self.encoder = encoder
  }

  /// The unit of the AAC packets' timestamps in seconds: one over the sample rate.
  var timeBase: AVRational { encoder.pointer.pointee.time_base }

  /// Describes the packets that this transcoder produces.
  func parameters() throws(VideoError) -> AudioParameters { try context.require(AudioParameters(of: encoder), .cannotCreate) }

  private static func openEncoder(
    for decoder: borrowing FFmpegCodecContext, _ context: FFmpegContext
  ) throws(VideoError) -> FFmpegCodecContext {
    let codec = try context.require(avcodec_find_encoder(AV_CODEC_ID_AAC), .noEncoder)
    let encoder = try context.require(FFmpegCodecContext(codec, log: context.log), .noEncoder)
    let settings = encoder.pointer
    // ISO/IEC 14496-3, table 1.18.
    let rates: [Int32] = [96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350]
    let rate = decoder.pointer.pointee.sample_rate
    settings.pointee.sample_rate = rates.contains(rate) ? rate : 48000
    settings.pointee.time_base = AVRational(num: 1, den: settings.pointee.sample_rate)
    settings.pointee.sample_fmt = AV_SAMPLE_FMT_FLTP
    let channels = decoder.pointer.pointee.ch_layout.nb_channels
    av_channel_layout_default(&settings.pointee.ch_layout, channels == 1 || channels == 6 ? channels : 2)
    settings.pointee.bit_rate = 96_000 * Int64(settings.pointee.ch_layout.nb_channels)
    settings.pointee.flags |= AV_CODEC_FLAG_GLOBAL_HEADER
    settings.pointee.thread_count = 1
    try context.check(avcodec_open2(settings, codec, nil), .noEncoder, "open the AAC encoder")
    return encoder
  }

  /// Transcodes one packet of the source and passes every finished AAC packet to `body`. A damaged packet becomes silence.
  func write(_ source: borrowing FFmpegPacket, _ body: Receiver) throws(VideoError) {
    if avcodec_send_packet(decoder.pointer, source.pointer) >= 0 { try drainDecoder(body) }
  }

  /// Passes the remaining AAC packets to `body`. Nothing can be written afterwards.
  func finish(_ body: Receiver) throws(VideoError) {
    avcodec_send_packet(decoder.pointer, nil)
    try drainDecoder(body)
    try encodeQueue(all: true, body)
    try check(avcodec_send_frame(encoder.pointer, nil))
    try drainEncoder(body)
  }

  // MARK: Decoding

  private func drainDecoder(_ body: Receiver) throws(VideoError) {
    while true {
      let status = avcodec_receive_frame(decoder.pointer, decoded.pointer)
      if status == sf_error_again || status == sf_error_eof { return }
      if status < 0 { continue }
      defer { av_frame_unref(decoded.pointer) }
      try acceptDecoded(body)
    }
  }

  private func acceptDecoded(_ body: Receiver) throws(VideoError) {
    let rate = Int64(encoder.pointer.pointee.sample_rate)
    let stamp = decoded.pointer.pointee.best_effort_timestamp
    let time = stamp == sf_no_timestamp ? nil : av_rescale_q(stamp, decoder.pointer.pointee.pkt_timebase, timeBase)
    let expected = position.map { $0 + Int64(queue.count) }
    position = position ?? time ?? 0
    if let time, let expected {
      // Timestamps are rounded, and some codecs start one packet late, so differences of up to 50 ms are ignored.
      if time < expected - rate / 20 { return }
      let gap = time - expected
      if gap > Int64(TimestampLimit.silence) * rate {
        try skip(to: time, body)
      } else if gap > rate / 20 {
        try appendSilence(gap, body)
      }
    }
    try check(queue.append(try resample()))
    try encodeQueue(all: false, body)
  }

  /// Returns the decoded samples, converted to the encoder's format.
  private func resample() throws(VideoError) -> FFmpegFrame {
    // Raw formats may leave the order of channels open, which the resampler does not accept.
    let layout = decoded.pointer.pointee.ch_layout
    if layout.order == AV_CHANNEL_ORDER_UNSPEC { av_channel_layout_default(&decoded.pointer.pointee.ch_layout, layout.nb_channels) }
    var status: Int32 = 0
    for _ in 0..<2 {
      let frame = try context.require(FFmpegFrame(), .encodeFailed)
      describe(frame)
      if resampler == nil { resampler = try context.require(FFmpegResampler(), .encodeFailed) }
      status = resampler?.convert(decoded, into: frame) ?? status
      if status >= 0 { return frame }
      // The format of the source may have changed. A resampler accepts only one format, so a new one is tried.
      resampler = nil
    }
    throw context.error(status, .encodeFailed, "resample the audio")
  }

  // MARK: Gaps

  /// Leaves a gap: completes the last packet before the gap with silence, and continues with the next sample at `time`.
  private func skip(to time: Int64, _ body: Receiver) throws(VideoError) {
    let rest = Int64(queue.count % frameSize)
    if rest > 0 { try appendSilence(Int64(frameSize) - rest, body) }
    position = time
  }

  private func appendSilence(_ samples: Int64, _ body: Receiver) throws(VideoError) {
    var left = samples
    while left > 0 {
      if cancellation.isCancelled { throw context.cancelled }
      let count = Int32(min(left, 1024))
      let silence = try makeFrame(count)
      let channels = silence.pointer.pointee.ch_layout.nb_channels
      av_samples_set_silence(silence.pointer.pointee.extended_data, 0, count, channels, AV_SAMPLE_FMT_FLTP)
      try check(queue.append(silence))
      try encodeQueue(all: false, body)
      left -= Int64(count)
    }
  }

  // MARK: Encoding

  /// The number of samples per channel in a packet.
  private var frameSize: Int32 {
    let size = encoder.pointer.pointee.frame_size
    return size > 0 ? size : 1024
  }

  private func makeFrame(_ samples: Int32) throws(VideoError) -> FFmpegFrame {
    let frame = try context.require(FFmpegFrame(), .encodeFailed)
    describe(frame)
    frame.pointer.pointee.nb_samples = samples
    try check(av_frame_get_buffer(frame.pointer, 0))
    return frame
  }

  /// Sets the format of a frame to the encoder's.
  private func describe(_ frame: borrowing FFmpegFrame) {
    frame.pointer.pointee.format = AV_SAMPLE_FMT_FLTP.rawValue
    frame.pointer.pointee.sample_rate = encoder.pointer.pointee.sample_rate
    av_channel_layout_copy(&frame.pointer.pointee.ch_layout, &encoder.pointer.pointee.ch_layout)
  }

  /// Encodes the queued samples in whole packets; with `all`, also the rest as a shorter packet.
  private func encodeQueue(all: Bool, _ body: Receiver) throws(VideoError) {
    let size = frameSize
    while true {
      let available = queue.count
      if available == 0 || (available < size && !all) { return }
      let frame = try makeFrame(min(available, size))
      try check(queue.read(into: frame))
      frame.pointer.pointee.pts = position ?? 0
      position = (position ?? 0) + Int64(frame.pointer.pointee.nb_samples)
      try check(avcodec_send_frame(encoder.pointer, frame.pointer))
      try drainEncoder(body)
    }
  }

  private func drainEncoder(_ body: Receiver) throws(VideoError) {
    while true {
      let status = avcodec_receive_packet(encoder.pointer, packet.pointer)
      if status == sf_error_again || status == sf_error_eof { return }
      try check(status)
      defer { av_packet_unref(packet.pointer) }
      try body(packet)
    }
  }

  private func check(_ status: Int32) throws(VideoError) { try context.check(status, .encodeFailed, "encode the audio") }
}
