import CFFmpegLibraries

/// Which streams of a container are read.
struct StreamChoice {
  let video: UnsafeMutablePointer<AVStream>
  let audio: UnsafeMutablePointer<AVStream>?
  var notes: [String] = []

  /// The best video stream that is not cover art, and the best audio stream that goes with it, as FFmpeg ranks them.
  init(demuxer: Demuxer, wantsAudio: Bool, context: FFmpegContext) throws(VideoError) {
    let streams = demuxer.streams.compactMap { $0 }
    func isPicture(_ stream: UnsafeMutablePointer<AVStream>) -> Bool {
      stream.pointee.disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS) != 0
    }
    let videos = streams.filter { $0.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_VIDEO }
    let best = Int(av_find_best_stream(demuxer.format, AVMEDIA_TYPE_VIDEO, -1, -1, nil, 0))
    let ranked = (streams.indices.contains(best) ? [streams[best]] : []) + videos
    guard let video = ranked.first(where: { !isPicture($0) }) else {
      let what = videos.isEmpty ? "there is no video in this file" : "there is no video in this file, only cover art"
      throw context.error(.noVideoStream, what)
    }
    self.video = video
    let others = videos.filter { $0 != video && !isPicture($0) }.count
    if others > 0 { notes.append("the file has \(others + 1) video streams; stream \(video.pointee.index) is read") }

    let audios = streams.filter { $0.pointee.codecpar.pointee.codec_type == AVMEDIA_TYPE_AUDIO }
    let bestAudio = wantsAudio ? Int(av_find_best_stream(demuxer.format, AVMEDIA_TYPE_AUDIO, -1, video.pointee.index, nil, 0)) : -1
    // Without a decoder FFmpeg ranks none, but packets can be copied all the same.
    let audio = !wantsAudio ? nil : streams.indices.contains(bestAudio) ? streams[bestAudio] : audios.first
    self.audio = audio
    if let audio, audios.count > 1 {
      notes.append("the file has \(audios.count) audio streams; stream \(audio.pointee.index) is taken along")
    }
    for stream in streams where stream != video && stream != audio { stream.pointee.discard = AVDISCARD_ALL }
  }
}
