import CFFmpeg
import CFFmpegLibraries

/// Writes one MP4 file and finally moves its index to the front.
final class MP4Muxer {
  private var output: FFmpegOutput
  private let context: FFmpegContext
  private let video: UnsafeMutablePointer<AVStream>  // Owned by the output.
  private let audio: UnsafeMutablePointer<AVStream>?
  private var lastAudio: Int64?
  private var usualAudioDuration: Int64 = 0

  /// Creates the file and writes its header.
  ///
  /// - Parameter audio: describes the audio packets that will be written; nil for a file without audio.
  init(
    path: String, encoder: H264Encoder, audio: AudioParameters?, metadata: [String: String], context: FFmpegContext,
    cancellation: VideoCancellation
  ) throws(VideoError) {
    self.context = context
    output = try FFmpegOutput(path: path, context: context)
    let format = output.pointer
    video = try context.require(avformat_new_stream(format, nil), .cannotCreate)
    self.audio = audio == nil ? nil : try context.require(avformat_new_stream(format, nil), .cannotCreate)
    try declareVideo(encoder)
    if let audio { try declareAudio(audio) }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { av_dict_set(&format.pointee.metadata, key, value, 0) }
    output.attach(try FFmpegFile(path: path, for: .writing, cancellation: cancellation, context: context))
    try writeHeader(encoder.settings)
  }

  private func declareVideo(_ encoder: H264Encoder) throws(VideoError) {
    try context.check(
      avcodec_parameters_from_context(video.pointee.codecpar, encoder.codec.pointer), .cannotCreate, "describe the video stream")
    video.pointee.time_base = encoder.settings.timeBase.ffmpeg
    video.pointee.avg_frame_rate = encoder.settings.frameRate.ffmpeg
    video.pointee.sample_aspect_ratio = encoder.settings.sampleAspectRatio.ffmpeg
  }

  private func declareAudio(_ parameters: AudioParameters) throws(VideoError) {
    guard let audio else { return }
    try context.check(avcodec_parameters_copy(audio.pointee.codecpar, parameters.pointer), .cannotCreate, "describe the audio stream")
    // The codec tag of the source's container may mean something else in MP4.
    audio.pointee.codecpar.pointee.codec_tag = 0
    audio.pointee.time_base = parameters.timeBase
  }

  private func writeHeader(_ settings: EncoderSettings) throws(VideoError) {
    // With this timescale, the track's clock states every timestamp exactly. The movie's clock needs it too, because edit lists use it to
    // state a late start.
    let timescale = String(MP4Muxer.timescale(for: settings.timeBase))
    var options = FFmpegOptions([
      "movflags": "+faststart", "video_track_timescale": timescale, "movie_timescale": timescale,
      // Allows FLAC and other codecs that are standardised for MP4 but that older versions of FFmpeg call experimental.
      "strict": "experimental",
    ])
    // Five seconds in microseconds: audio that ends early or starts late must not make the muxer buffer the whole video.
    output.pointer.pointee.max_interleave_delta = 5_000_000
    try context.check(avformat_write_header(output.pointer, &options.dictionary), .cannotCreate, "write the file's header")
  }

  /// Returns the units per second of the file's clock: a multiple of those of the time base, and fine enough for players that round times.
  static func timescale(for timeBase: Rational) -> Int {
    var result = max(1, timeBase.denominator)
    while result < 10_000 { result *= 2 }
    return result
  }

  /// Writes a video packet with timestamps in units of `timeBase`, and leaves `packet` blank.
  func writeVideo(_ packet: borrowing FFmpegPacket, timeBase: Rational) throws(VideoError) {
    av_packet_rescale_ts(packet.pointer, timeBase.ffmpeg, video.pointee.time_base)
    packet.pointer.pointee.stream_index = video.pointee.index
    try write(packet.pointer)
  }

  /// Writes an audio packet with timestamps in units of `timeBase`, and leaves `packet` blank.
  func writeAudio(_ packet: borrowing FFmpegPacket, timeBase: AVRational) throws(VideoError) {
    let packet = packet.pointer
    guard let audio else { return av_packet_unref(packet) }
    av_packet_rescale_ts(packet, timeBase, audio.pointee.time_base)
    // A missing duration is taken from the previous packet or from the codec: without a duration, the last packet would end outside the
    // track.
    if packet.pointee.duration <= 0 {
      let frameSize = Int64(audio.pointee.codecpar.pointee.frame_size)
      let rate = max(1, audio.pointee.codecpar.pointee.sample_rate)
      packet.pointee.duration =
        usualAudioDuration > 0
        ? usualAudioDuration : av_rescale_q(max(frameSize, 1), AVRational(num: 1, den: rate), audio.pointee.time_base)
    }
    // Rounding to the track's clock may give two packets the same time.
    if let lastAudio, packet.pointee.dts <= lastAudio {
      let shift = lastAudio + 1 - packet.pointee.dts
      packet.pointee.dts += shift
      packet.pointee.pts += shift
    }
    usualAudioDuration = lastAudio.map { packet.pointee.dts - $0 } ?? packet.pointee.duration
    lastAudio = packet.pointee.dts
    packet.pointee.stream_index = audio.pointee.index
    packet.pointee.pos = -1
    try write(packet)
  }

  private func write(_ packet: UnsafeMutablePointer<AVPacket>) throws(VideoError) {
    try context.check(av_interleaved_write_frame(output.pointer, packet), .writeFailed, "write")
    try checkFile()
  }

  private func checkFile() throws(VideoError) { try context.check(min(0, output.fileError), .writeFailed, "write") }

  /// Writes the index and closes the file.
  func finish() throws(VideoError) {
    try context.check(av_write_trailer(output.pointer), .writeFailed, "write the file's index")
    output.flush()
    try checkFile()
    try context.check(output.closeFile(), .writeFailed, "close the file")
  }
}
