import Foundation
import OutputFiles
import VideoIO

/// The videos of a folder.
enum VideoFolder {
  /// Endings that say "video". Such a file is taken without a look into it: if it is broken, its job says so, and it is not passed over
  /// in silence.
  private static let endings: Set<String> = [
    "mp4", "m4v", "mov", "qt", "mkv", "webm", "avi", "mpg", "mpeg", "m2v", "ts", "mts", "m2ts", "3gp", "3g2", "wmv", "asf", "flv", "ogv",
    "mxf", "dv", "gif",
  ]

  /// Videos in `FolderWalk`'s order: files with a video's ending, and whatever else FFmpeg recognises as a video. Left out are hidden
  /// files, still pictures, and the outputs of earlier runs: what a `<stem>_run.json` beside them lists, and the videos that are called as
  /// those of another video beside them would be, whose manifest may have been lost. What a killed run has left half moved is moved to
  /// its end first.
  /// - Throws: `badInput` where the folder itself cannot be read.
  static func videos(in folder: URL, recursive: Bool) throws(SplitFaceError) -> FolderWalk.Listing {
    var listing = try FolderWalk.files(in: folder, recursive: recursive) { OutputSet.finishMoves(in: $0) }
    let outputs = RunOutputs.listed(byManifestsAmong: listing.files.map(\.url))
    let videos = listing.files.filter { !outputs.contains($0.url) && isVideo($0.url) }
    let stems = Set(videos.map { $0.url.deletingPathExtension() })
    listing.files = videos.filter { video in
      RunOutputs.stem(ofVideo: video.url.lastPathComponent).map {
        !stems.contains(video.url.deletingLastPathComponent().appending(path: $0))
      } ?? true
    }
    return listing
  }

  private static func isVideo(_ url: URL) -> Bool {
    if endings.contains(url.pathExtension.lowercased()) { return true }
    let reader = try? VideoReader(path: url.path, options: VideoReaderOptions(wantsAudio: false))
    return reader.map { !$0.info.isStillImage } ?? false
  }
}
