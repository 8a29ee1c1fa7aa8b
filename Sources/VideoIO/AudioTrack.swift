import CFFmpegLibraries

/// What an output does with the source's audio.
enum AudioTrack {
  case none
  case copied
  case transcoded(AACTranscoder)

  /// Returns whether the audio can be copied: whether players support its codec in MP4. MP4 can contain other codecs, such as Vorbis, but
  /// hardly any player plays them.
  private static func canCopy(_ parameters: AVCodecParameters) -> Bool {
    let codecs = [
      AV_CODEC_ID_AAC, AV_CODEC_ID_MP3, AV_CODEC_ID_AC3, AV_CODEC_ID_EAC3, AV_CODEC_ID_ALAC, AV_CODEC_ID_OPUS, AV_CODEC_ID_FLAC,
      AV_CODEC_ID_DTS,
    ]
    return codecs.contains(parameters.codec_id) && parameters.sample_rate > 0 && parameters.ch_layout.nb_channels > 0
  }

  /// Opens the output with the audio copied if possible, else converted to AAC, else left out.
  ///
  /// - Returns: the output, what it does with the audio, and a note for the user if the audio is converted or left out.
  static func open(
    _ audio: AudioParameters?, context: FFmpegContext, cancellation: VideoCancellation,
    _ makeMuxer: (AudioParameters?) throws(VideoError) -> MP4Muxer
  ) throws(VideoError) -> (muxer: MP4Muxer, track: AudioTrack, note: String?) {
    guard let audio else { return (try makeMuxer(nil), .none, nil) }
    if canCopy(audio.pointer.pointee) {
      // If the file itself is the problem, the last attempt, without audio, throws that error.
      do throws(VideoError) { return (try makeMuxer(audio), .copied, nil) } catch {}
    }
    let name = String(cString: avcodec_get_name(audio.pointer.pointee.codec_id))
    do throws(VideoError) {
      let transcoder = try AACTranscoder(audio, context: context, cancellation: cancellation)
      let muxer = try makeMuxer(try transcoder.parameters())
      return (muxer, .transcoded(transcoder), "the audio (\(name)) cannot be copied to MP4 and was converted to AAC")
    } catch {
      return (
        try makeMuxer(nil), .none, "the audio (\(name)) could be neither copied nor converted and was left out: \(error.message)"
      )
    }
  }
}
