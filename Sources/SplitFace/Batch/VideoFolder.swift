import Foundation
import OutputFiles
import Results
import VideoIO

/// Finds the videos of a folder.
enum VideoFolder {
  /// File name extensions of videos. A file with one of them is listed without being opened, so that a damaged video is not silently left
  /// out: its job reports the damage.
  private static let endings: Set<String> = [
    "mp4", "m4v", "mov", "qt", "mkv", "webm", "avi", "mpg", "mpeg", "m2v", "ts", "mts", "m2ts", "3gp", "3g2", "wmv", "asf", "flv", "ogv",
    "mxf", "dv", "gif",
  ]

  /// Lists the videos in the order of `FolderWalk`: files with a video's extension, and all other files that FFmpeg recognises as videos.
  ///
  /// Hidden files, still images and outputs of earlier runs are left out. A file counts as an output if a `<stem>_run.json` in its folder
  /// lists it. In case the record was lost, a video also counts as an output if it is named like an output of another video in its folder.
  /// If a run was killed while it moved its finished outputs into place, the move is completed first.
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
