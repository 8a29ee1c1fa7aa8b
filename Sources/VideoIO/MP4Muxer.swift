import CFFmpeg
import CFFmpegLibraries

/// One MP4 file that is being written, its index to be put at the front.
final class MP4Muxer {
  private let format: UnsafeMutablePointer<AVFormatContext>
  private var io: UnsafeMutablePointer<AVIOContext>?
  private let context: FFmpegContext
  private let cancellation: VideoCancellation  // The interrupt callback refers to it.
  private let video: UnsafeMutablePointer<AVStream>
  private let audio: UnsafeMutablePointer<AVStream>?
  private var lastAudio: Int64?
  private var usualAudioDuration: Int64 = 0

  /// What an audio stream is declared with.
  struct Audio {
    var parameters: UnsafePointer<AVCodecParameters>
    var timeBase: AVRational
  }

  init(
    path: String, encoder: H264Encoder, audio: Audio?, metadata: [String: String], context: FFmpegContext,
    cancellation: VideoCancellation
  ) throws(VideoError) {
    self.context = context
    self.cancellation = cancellation
    var created: UnsafeMutablePointer<AVFormatContext>?
    let url = "file:" + path
    try context.check(avformat_alloc_output_context2(&created, nil, "mp4", url), .cannotCreate, "make an MP4 file")
    format = try context.require(created, .cannotCreate)
    do throws(VideoError) {
      video = try context.require(avformat_new_stream(format, nil), .cannotCreate)
      self.audio = audio == nil ? nil : try context.require(avformat_new_stream(format, nil), .cannotCreate)
    } catch {
      avformat_free_context(format)
      throw error
    }
    // From here on `deinit` closes, also when this throws.
    format.pointee.opaque = context.log.opaque
    try declareVideo(encoder)
    if let audio { try declareAudio(audio) }
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) { av_dict_set(&format.pointee.metadata, key, value, 0) }
    // Putting the index to the front of a long video reads and writes all of it again: through the context's own callback too.
    var interrupt = cancellation.interruptCallback
    format.pointee.interrupt_callback = interrupt
    try context.check(avio_open2(&io, url, AVIO_FLAG_WRITE, &interrupt, nil), .cannotCreate, "create the file")
    format.pointee.pb = io
    try writeHeader(encoder.settings)
  }

  deinit {
    format.pointee.pb = nil
    avformat_free_context(format)
    avio_closep(&io)
  }

  private func declareVideo(_ encoder: H264Encoder) throws(VideoError) {
    try context.check(
      avcodec_parameters_from_context(video.pointee.codecpar, encoder.codec), .cannotCreate, "describe the video stream")
    video.pointee.time_base = encoder.settings.timeBase.ffmpeg
    video.pointee.avg_frame_rate = encoder.settings.frameRate.ffmpeg
    video.pointee.sample_aspect_ratio = encoder.settings.sampleAspectRatio.ffmpeg
  }

  private func declareAudio(_ description: Audio) throws(VideoError) {
    guard let audio else { return }
    try context.check(
      avcodec_parameters_copy(audio.pointee.codecpar, description.parameters), .cannotCreate, "describe the audio stream")
    // The source container's tag may mean something else in MP4.
    audio.pointee.codecpar.pointee.codec_tag = 0
    audio.pointee.time_base = description.timeBase
  }

  private func writeHeader(_ settings: EncoderSettings) throws(VideoError) {
    // The track's clock holds every timestamp exactly; so does the movie's, in which edit lists state a late start.
    let timescale = String(MP4Muxer.timescale(for: settings.timeBase))
    var options = FFmpegOptions([
      "movflags": "+faststart", "video_track_timescale": timescale, "movie_timescale": timescale,
      // FLAC and others that are standardised but that older FFmpegs call experimental.
      "strict": "experimental",
    ])
    // Sound that ends early or starts late must not make it hold back the whole video: five seconds at most.
    format.pointee.max_interleave_delta = 5_000_000
    try context.check(avformat_write_header(format, &options.dictionary), .cannotCreate, "write the file's header")
  }

  /// Units of a second: a multiple of what the time base needs, fine enough for players that round.
  static func timescale(for timeBase: Rational) -> Int {
    var result = max(1, timeBase.denominator)
    while result < 10_000 { result *= 2 }
    return result
  }

  /// - Parameter packet: in `timeBase`; left blank.
  func writeVideo(_ packet: UnsafeMutablePointer<AVPacket>, timeBase: Rational) throws(VideoError) {
    av_packet_rescale_ts(packet, timeBase.ffmpeg, video.pointee.time_base)
    packet.pointee.stream_index = video.pointee.index
    try write(packet)
  }

  /// - Parameter packet: in `timeBase`; left blank.
  func writeAudio(_ packet: UnsafeMutablePointer<AVPacket>, timeBase: AVRational) throws(VideoError) {
    guard let audio else { return av_packet_unref(packet) }
    av_packet_rescale_ts(packet, timeBase, audio.pointee.time_base)
    // Where the container does not say, the packet before or the codec does; without a duration the last packet would lie
    // outside the track.
    if packet.pointee.duration <= 0 {
      let frameSize = Int64(audio.pointee.codecpar.pointee.frame_size)
      let rate = max(1, audio.pointee.codecpar.pointee.sample_rate)
      packet.pointee.duration =
        usualAudioDuration > 0
        ? usualAudioDuration : av_rescale_q(max(frameSize, 1), AVRational(num: 1, den: rate), audio.pointee.time_base)
    }
    // Rounding to the track's clock may put two packets on one time.
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
    try context.check(av_interleaved_write_frame(format, packet), .writeFailed, "write")
    try checkFile()
  }

  /// Failures of buffered writes are only noted in the file's context.
  private func checkFile() throws(VideoError) {
    if let error = io?.pointee.error, error < 0 { throw context.error(error, .writeFailed, "write") }
  }

  /// Writes the index and closes the file.
  func finish() throws(VideoError) {
    try context.check(av_write_trailer(format), .writeFailed, "write the file's index")
    avio_flush(io)
    try checkFile()
    format.pointee.pb = nil
    try context.check(avio_closep(&io), .writeFailed, "close the file")
  }
}
