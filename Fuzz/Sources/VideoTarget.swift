import Foundation
import VideoIO

/// A video file from beginning to end, through everything that the reader does. It must also keep what it promises: numbered frames,
/// whose times grow.
@Sendable func fuzzVideo(_ bytes: [UInt8]) {
  // In memory; one a process.
  let path = "/dev/shm/splitface-fuzz-\(getpid())"
  guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else { fatalError("cannot write \(path)") }
  defer { unlink(path) }
  var options = VideoReaderOptions()
  options.maximumPixels = 512 * 512
  guard let reader = try? VideoReader(path: path, options: options) else { return }
  var frames = 0
  var last: Int64?
  while let item = try? reader.next(), frames < 300 {
    guard case .frame(let frame) = item else { continue }
    precondition(frame.index == frames, "frames are not numbered one by one")
    precondition(frame.pts > last ?? .min, "times do not grow")
    precondition(frame.duration > 0 || last == nil, "a frame lasts no time")
    (frames, last) = (frames + 1, frame.pts)
  }
  precondition(reader.warnings.allSatisfy { !$0.isEmpty })
}
