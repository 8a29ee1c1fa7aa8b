public import Foundation
public import Results
public import SplitFace

/// The results of a `SpeedBenchmark` on one machine.
public struct BenchmarkReport: Sendable, Codable {
  /// The version of this format, increased when the meaning of a field changes.
  public var schema = 1
  /// The version of SplitFace.
  public var version: String
  public var date: Date
  public var machine: Machine
  public var clip: Clip
  /// Whole jobs, from the file to finished outputs.
  public var jobs: [Job]
  /// The stages of the first of ``jobs``.
  public var stages: [StageRow]
  public var networks: [NetworkRow]
  /// Threads compared with processes; nil if that was not requested.
  public var comparison: [ComparisonRow]?
  /// Caveats for the reader of the numbers, one sentence each.
  public var notes: [String]

  public struct Machine: Sendable, Codable {
    public var system: String
    public var processor: String
    public var cores: Int
    /// The physical memory in bytes.
    public var memory: Int
    /// The version of ONNX Runtime.
    public var inference: String
    /// The execution providers in order of preference.
    public var providers: [String]
    /// The number of threads that may compute at the same time.
    public var threads: Int
  }

  public struct Clip: Sendable, Codable {
    /// The source of the frames: a video of the user, the drawn clip, or the installed demo clip.
    public enum Origin: String, Sendable, Codable {
      case given, drawn, demo
    }

    public var name: String
    public var origin: Origin
    /// The upright frame in pixels.
    public var width: Int
    public var height: Int
    public var frames: Int
    public var framesWithFace: Int
    /// The length in seconds.
    public var duration: Double?
  }

  public struct Job: Sendable, Codable {
    public var kind: JobKind
    public var engine: String?
    /// The duration of the median run in seconds.
    public var seconds: Double
    public var framesPerSecond: Double
    /// Seconds of video processed per second; above 1 is faster than real time.
    public var realTimeFactor: Double?
    /// Processor time divided by elapsed time: the mean number of busy cores.
    public var busyCores: Double
    /// The peak memory of the process in bytes. Nil after the first job, since the system reports one peak for the whole process.
    public var peakMemory: Int?
  }

  public struct StageRow: Sendable, Codable {
    public var stage: Stage
    /// Elapsed seconds, summed over the stage's threads.
    public var seconds: Double
    /// The fraction of the sum over all stages, 0…1.
    public var share: Double
    /// Frames per second if this stage ran alone on one thread.
    public var framesPerSecond: Double?
  }

  public struct NetworkRow: Sendable, Codable {
    public var network: String
    public var provider: String
    /// The number of images per run.
    public var batch: Int
    /// Milliseconds per image on one thread, of the median run.
    public var millisecondsPerImage: Double
  }

  public struct ComparisonRow: Sendable, Codable {
    public enum Form: String, Sendable, Codable {
      /// One process whose threads share its networks.
      case threading
      /// Several single-threaded processes, each with its own networks.
      case multiprocessing
    }

    public var form: Form
    /// The number of threads or processes.
    public var workers: Int
    public var frames: Int
    public var framesPerSecond: Double
    /// The sum of all processes' peak memory in bytes.
    public var peakMemory: Int
    /// Seconds until all workers were ready to measure.
    public var startUp: Double
  }

  /// The report as JSON with sorted keys, one field per line.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.dateEncodingStrategy = .iso8601
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads a report that `encoded()` wrote.
  public static func decoded(from data: Data) throws -> BenchmarkReport {
    let decoder = JSONDecoder()
    decoder.dateDecodingStrategy = .iso8601
    return try decoder.decode(BenchmarkReport.self, from: data)
  }
}
