import Foundation
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
  /// files, still pictures, and the outputs of earlier runs: what a `<stem>_run.json` beside them lists.
  /// - Throws: `badInput` where the folder cannot be read.
  static func videos(in folder: URL, recursive: Bool) throws(SplitFaceError) -> [FolderWalk.File] {
    let files = try FolderWalk.files(in: folder, recursive: recursive)
    var outputs: Set<URL> = []
    for manifest in files.map(\.url) where manifest.lastPathComponent.hasSuffix(RunVerification.suffix) {
      guard let run = try? RunManifest.read(from: manifest) else { continue }
      outputs.insert(manifest)
      let folder = manifest.deletingLastPathComponent()
      for output in run.outputs { outputs.insert(folder.appending(path: output.file)) }
    }
    return files.filter { !outputs.contains($0.url) && isVideo($0.url) }
  }

  private static func isVideo(_ url: URL) -> Bool {
    if endings.contains(url.pathExtension.lowercased()) { return true }
    let reader = try? VideoReader(path: url.path, options: VideoReaderOptions(wantsAudio: false))
    return reader.map { !$0.info.isStillImage } ?? false
  }
}
