import CFFmpeg
import CFFmpegLibraries

/// What becomes of the source's sound in one output.
enum AudioTrack {
  case none
  case copied
  case transcoded(AACTranscoder)

  /// Codecs that players find in MP4: copied. Others that the container could hold, such as Vorbis, hardly any player plays.
  static func isCopied(_ parameters: UnsafeMutablePointer<AVCodecParameters>) -> Bool {
    let codecs = [
      AV_CODEC_ID_AAC, AV_CODEC_ID_MP3, AV_CODEC_ID_AC3, AV_CODEC_ID_EAC3, AV_CODEC_ID_ALAC, AV_CODEC_ID_OPUS, AV_CODEC_ID_FLAC,
      AV_CODEC_ID_DTS,
    ]
    return codecs.contains(parameters.pointee.codec_id) && parameters.pointee.sample_rate > 0
      && parameters.pointee.ch_layout.nb_channels > 0
  }

  /// Opens the output with the sound copied, else as AAC, else without.
  ///
  /// - Returns: also a note for the user where the sound is not simply copied.
  static func open(
    _ audio: AudioParameters?, context: FFmpegContext, cancellation: VideoCancellation,
    _ makeMuxer: (MP4Muxer.Audio?) throws(VideoError) -> MP4Muxer
  ) throws(VideoError) -> (muxer: MP4Muxer, track: AudioTrack, note: String?) {
    guard let audio else { return (try makeMuxer(nil), .none, nil) }
    let name = String(cString: avcodec_get_name(audio.parameters.pointee.codec_id))
    if isCopied(audio.parameters) {
      do throws(VideoError) {
        return (try makeMuxer(.init(parameters: audio.parameters, timeBase: audio.timeBase)), .copied, nil)
      } catch {
        // The file itself may be the problem; then the last attempt says so.
      }
    }
    do throws(VideoError) {
      let transcoder = try AACTranscoder(audio, context: context, cancellation: cancellation)
      let muxer = try transcoder.withParameters { parameters throws(VideoError) in
        try makeMuxer(.init(parameters: parameters, timeBase: transcoder.timeBase))
      }
      return (muxer, .transcoded(transcoder), "the sound is \(name), which MP4 cannot hold as it is; it is made AAC")
    } catch {
      return (try makeMuxer(nil), .none, "the sound (\(name)) can neither be copied nor decoded, and is left out: \(error.message)")
    }
  }
}
