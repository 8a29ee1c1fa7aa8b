import Foundation
import OutputFiles
import Results
import VideoIO

/// Finds the videos of a folder.
enum VideoFolder {
  /// File name extensions of videos. Such a file is taken without opening it: if it is damaged, its job reports that, and the file is not
  /// silently left out.
  private static let endings: Set<String> = [
    "mp4", "m4v", "mov", "qt", "mkv", "webm", "avi", "mpg", "mpeg", "m2v", "ts", "mts", "m2ts", "3gp", "3g2", "wmv", "asf", "flv", "ogv",
    "mxf", "dv", "gif",
  ]

  /// Lists videos in `FolderWalk`'s order: files with a video's extension, and everything else that FFmpeg recognises as a video.
  ///
  /// Left out are hidden files, still images, and the outputs of earlier runs. Those are the files that a `<stem>_run.json` beside them
  /// lists, and, in case the record was lost, videos that are named like the outputs of another video beside them. If a run was killed
  /// while it moved its finished outputs into place, the move is completed first.
  /// - Throws: `folderUnreadable` if the folder itself cannot be read.
  static func videos(in folder: URL, recursive: Bool) throws(ResultsError) -> FolderWalk.Listing {
    var listing = try FolderWalk.files(in: folder, recursive: recursive) { OutputSet.finishMoves(in: $0) }
    let outputs = RunOutputs.listed(byRecordsAmong: listing.files.map(\.url))
    let videos = listing.files.filter { !outputs.contains($0.url) && isVideo($0.url) }
    let stems = Set(videos.map { $0.url.deletingPathExtension() })
    listing.files = videos.filter { video in
      OutputNames.stem(ofVideo: video.url.lastPathComponent).map {
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
