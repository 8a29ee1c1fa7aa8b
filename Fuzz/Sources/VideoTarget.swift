import Foundation
import VideoIO

/// Reads a video file from beginning to end. The reader must also keep its promises: frames are numbered, and their times increase.
@Sendable func fuzzVideo(_ bytes: [UInt8]) {
  // A file in memory, one per process.
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
    precondition(frame.index == frames, "frames are not numbered consecutively")
    precondition(frame.pts > last ?? .min, "times do not increase")
    precondition(frame.duration > 0 || last == nil, "a frame has no duration")
    (frames, last) = (frames + 1, frame.pts)
  }
  precondition(reader.warnings.allSatisfy { !$0.isEmpty })
}
