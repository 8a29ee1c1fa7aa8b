import ActionUnits
import FaceTracking
public import Foundation
public import Results
public import SplitFace
import VideoIO

/// The work of one child process when threads are compared with processes: it measures a part of the first frames of a video.
public struct ParallelWorker: Sendable {
  /// The part of the frames that one process measures, and the number of threads among which the process divides it.
  public struct Part: Sendable, CustomStringConvertible {
    /// The position of this process among all processes, from 0.
    public let index: Int
    /// The number of processes.
    public let count: Int
    /// The number of threads in this process.
    public let threads: Int

    public init(index: Int, count: Int, threads: Int) {
      self.index = index
      self.count = count
      self.threads = threads
    }

    /// Reads a part from text in the form of `description`. Returns nil for text in any other form.
    /// - Parameter text: `INDEX/COUNT/THREADS`.
    public init?(_ text: String) {
      let numbers = text.split(separator: "/").compactMap { Int($0) }
      guard numbers.count == 3, numbers[1] > 0, (0..<numbers[1]).contains(numbers[0]), (1...1024).contains(numbers[2]) else { return nil }
      self.init(index: numbers[0], count: numbers[1], threads: numbers[2])
    }

    public var description: String { "\(index)/\(count)/\(threads)" }
  }

  struct Outcome: Codable {
    var frames: Int
    /// The peak memory of the process, in bytes.
    var peakMemory: Int
  }

  /// The line that a worker sends when it is ready to measure.
  static let ready = "ready"
  /// The number of frames that all processes together measure. They are kept in memory, which takes 200 MB at 1080p.
  private static let frames = 64
  private static let groupSize = 4

  public let video: URL
  public let part: Part
  public let spec: JobSpec
  public let configuration: SplitterConfiguration

  public init(video: URL, part: Part, spec: JobSpec, configuration: SplitterConfiguration) {
    self.video = video
    self.part = part
    self.spec = spec
    var configuration = configuration
    configuration.threads = part.threads
    self.configuration = configuration
  }

  /// Loads the networks, decodes the frames, sends `ready`, waits until it receives a line, measures, and sends the outcome as one line of
  /// JSON.
  /// - Parameters:
  ///   - send: sends a line to the parent process.
  ///   - receive: waits for a line from the parent process and returns it; nil if the parent process has closed the connection.
  /// - Throws: `SplitFaceError`, `VideoError`.
  public func run(send: (String) -> Void, receive: () -> String?) throws {
    let networks = try LoadedNetworks(spec, on: configuration)
    let frames = try decode()
    // Each thread gets consecutive frames, because a face is tracked from one frame to the next.
    let shares = (0..<part.threads).map { Self.share($0, of: part.threads, frames) }
    send(Self.ready)
    guard receive() != nil else { return }
    for result in StageThread.sideBySide("work", shares.map { share in { try Self.measure(share, networks) } }) { try result.get() }
    let outcome = Outcome(frames: frames.count, peakMemory: ProcessUsage.peakMemory)
    send(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
  }

  /// Decodes the frames that this process measures.
  private func decode() throws -> ArraySlice<VideoFrame> {
    let reader = try VideoReader(path: video.path, options: VideoReaderOptions(wantsAudio: false))
    let expected = min(Self.frames, reader.info.estimatedFrameCount ?? Self.frames)
    let mine = Self.range(part.index, of: part.count, expected)
    var frames: [VideoFrame] = []
    while let item = try reader.next() {
      guard case .frame(let frame) = item else { continue }
      if mine.contains(frame.index) { frames.append(frame) }
      if frame.index + 1 >= mine.upperBound { break }
    }
    return frames[...]
  }

  private static func measure(_ frames: ArraySlice<VideoFrame>, _ networks: LoadedNetworks) throws {
    let tracker = FaceTracker(networks: networks.landmarker)
    var trail = FaceTrail()
    var rest = frames
    while !rest.isEmpty {
      let samples = try rest.prefix(groupSize).map { frame in
        let face = try tracker.track(frame.image, timestamp: frame.timestamp)
        let sample = FaceSample(image: frame.image, mesh: face.mesh, timestamp: frame.timestamp)
        return try networks.engine?.locate(sample, after: &trail) ?? sample
      }
      _ = try networks.engine?.measure(samples)
      rest = rest.dropFirst(groupSize)
    }
  }

  private static func share(_ index: Int, of count: Int, _ frames: ArraySlice<VideoFrame>) -> ArraySlice<VideoFrame> {
    let range = range(index, of: count, frames.count)
    return frames[frames.startIndex + range.lowerBound..<frames.startIndex + range.upperBound]
  }

  private static func range(_ index: Int, of count: Int, _ total: Int) -> Range<Int> {
    index * total / count..<(index + 1) * total / count
  }
}
