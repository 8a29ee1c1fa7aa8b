import ActionUnits
import FaceTracking
public import Foundation
public import Results
import VideoIO

/// One process of `ParallelComparison`: tracks and measures its part of a video's first frames.
public struct ParallelWorker: Sendable {
  /// Which frames are this process's, and how many threads share them.
  public struct Part: Sendable, CustomStringConvertible {
    public let index: Int
    public let count: Int
    public let threads: Int

    public init(index: Int, count: Int, threads: Int) {
      self.index = index
      self.count = count
      self.threads = threads
    }

    /// - Parameter text: as `description` gives it.
    public init?(_ text: String) {
      let numbers = text.split(separator: "/").compactMap { Int($0) }
      guard numbers.count == 3, numbers[1] > 0, (0..<numbers[1]).contains(numbers[0]), (1...1024).contains(numbers[2]) else { return nil }
      self.init(index: numbers[0], count: numbers[1], threads: numbers[2])
    }

    public var description: String { "\(index)/\(count)/\(threads)" }
  }

  struct Outcome: Codable {
    var frames: Int
    /// Bytes.
    var peakMemory: Int
  }

  static let ready = "ready"
  /// Frames that are measured in all, so that they can be held in memory: of 1080p, they take 200 MB.
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

  /// Loads and decodes, prints `ready`, waits for a line on standard input, works, and prints an `Outcome`.
  /// - Throws: `SplitFaceError`, `VideoError`.
  public func run() throws {
    let networks = try LoadedNetworks(spec, on: configuration)
    let frames = try decode()
    // A worker's own frames follow each other, since a face is followed from one to the next.
    let shares = (0..<part.threads).map { Self.share($0, of: part.threads, frames) }
    print(Self.ready)
    fflush(nil)
    guard readLine() != nil else { return }
    for result in StageThread.sideBySide("work", shares.map { share in { try Self.measure(share, networks) } }) { try result.get() }
    let outcome = Outcome(frames: frames.count, peakMemory: ProcessUsage.peakMemory)
    print(String(decoding: try JSONEncoder().encode(outcome), as: UTF8.self))
  }

  /// This part of the first frames.
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
