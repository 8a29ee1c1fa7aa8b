import CFFmpegLibraries

/// The streams of a container that are read.
struct StreamChoice {
  let video: UnsafeMutablePointer<AVStream>
  let audio: UnsafeMutablePointer<AVStream>?
  var notes: [String] = []

  /// Chooses the best video stream that is not cover art and the best audio stream for it, by FFmpeg's ranking, and discards all other
  /// streams.
  ///
  /// - Throws: `VideoError` with the code `noVideoStream`.
  init(demuxer: Demuxer, wantsAudio: Bool, context: FFmpegContext) throws(VideoError) {
    let streams = demuxer.streams.compactMap { $0 }
    func isCoverArt(_ stream: UnsafeMutablePointer<AVStream>) -> Bool {
      stream.pointee.disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS) != 0
    }
    let videos = streams.filter { $0.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_VIDEO }
    let best = Int(av_find_best_stream(demuxer.format, AVMEDIA_TYPE_VIDEO, -1, -1, nil, 0))
    let ranked = (streams.indices.contains(best) ? [streams[best]] : []) + videos
    guard let video = ranked.first(where: { !isCoverArt($0) }) else {
      throw context.error(.noVideoStream, "the file contains no video stream" + (videos.isEmpty ? "" : ", only cover art"))
    }
    self.video = video
    let others = videos.filter { $0 != video && !isCoverArt($0) }.count
    if others > 0 { notes.append("the file has \(others + 1) video streams; only stream \(video.pointee.index) is used") }

    let audios = streams.filter { $0.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_AUDIO }
    let bestAudio = wantsAudio ? Int(av_find_best_stream(demuxer.format, AVMEDIA_TYPE_AUDIO, -1, video.pointee.index, nil, 0)) : -1
    // FFmpeg ranks only streams that it can decode, but audio that it cannot decode can still be copied.
    let audio = !wantsAudio ? nil : streams.indices.contains(bestAudio) ? streams[bestAudio] : audios.first
    self.audio = audio
    if let audio, audios.count > 1 {
      notes.append("the file has \(audios.count) audio streams; only stream \(audio.pointee.index) is used")
    }
    for stream in streams where stream != video && stream != audio { stream.pointee.discard = AVDISCARD_ALL }
  }
}
